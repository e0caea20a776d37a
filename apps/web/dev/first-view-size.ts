import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** DESIGN.md 14: what must arrive before the first view can be used. */
const LIMIT_KB = 300;

/** Prints the script that the first view loads, gzipped, and fails the build above the limit. */
export function firstViewSize(): Plugin {
  return {
    name: 'crashkeep:first-view-size',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = new Map(
        Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])),
      );
      const needed = new Set<string>();
      const need = (fileName: string): void => {
        if (needed.has(fileName)) return;
        needed.add(fileName);
        for (const imported of chunks.get(fileName)?.imports ?? []) need(imported);
      };
      for (const chunk of chunks.values()) if (chunk.isEntry || FIRST_VIEW.test(chunk.name)) need(chunk.fileName);
      const bytes = [...needed].map((fileName) => gzipSync(chunks.get(fileName)?.code ?? '').length);
      const kilobytes = bytes.reduce((sum, size) => sum + size, 0) / 1024;
      const line = `first view: ${kilobytes.toFixed(1)} KB of script, gzipped, in ${String(needed.size)} files`;
      if (kilobytes > LIMIT_KB) this.error(`${line}; the limit is ${String(LIMIT_KB)}`);
      this.info(line);
    },
  };
}

/** The page that people land on is loaded after the entry. */
const FIRST_VIEW = /groups-page/;
