import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createProject, openIdentityStore } from '@crashkeep/identity';
import { ProjectIdText } from '@crashkeep/ids';
import type { SymbolKind } from '@crashkeep/strict-store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WorkerTestbed } from '../worker.testbed.js';

const fixtures = join(
  process.env['CRASHKEEP_SHARED'] ?? resolve(import.meta.dirname, '../../../../../shared'),
  'fixtures',
);
const absent = !existsSync(fixtures);
const note = absent ? ' (NOT RUN: no ../shared/fixtures)' : '';

let bed: WorkerTestbed;
beforeAll(async () => {
  bed = await WorkerTestbed.open();
  await bed.work();
});
afterAll(async () => {
  await bed.close();
});

interface SymbolUpload {
  readonly debugFile: string;
  readonly debugId: string;
  readonly kind: SymbolKind;
  readonly text: Buffer;
  readonly codeFile?: string;
}

let serial = 0;
/** The crashing thread's frames of a dump in a project that has these symbols and no others. */
async function walkedWith(dump: Buffer, files: readonly SymbolUpload[]) {
  const project = `p${String(serial++)}`;
  const owner = openIdentityStore(bed.superuserUrl, { connections: 1 });
  await createProject(owner.rows, { id: ProjectIdText.parse(project), name: project });
  await owner.close();
  for (const file of files) await bed.receiveSymbols({ ...file, project });
  await bed.until(
    "SELECT count(*)::int AS open FROM strict.symbol_file WHERE project = $1 AND state <> 'ready'",
    [project],
    ({ open }) => open === 0,
  );
  const id = await bed.receive(dump, { project });
  await bed.untilStage(id, 'done');
  const report = await bed.report(id);
  return report.threads[report.crashing_thread ?? -1]?.frames ?? [];
}

type Frame = Awaited<ReturnType<typeof walkedWith>>[number];
const placesOf = (frames: readonly Frame[]) =>
  frames.map(({ function: name, file, line, trust, inlines }) => [name, file, line, trust, inlines.length]);

describe.skipIf(absent)(`forms of one ELF module${note}`, () => {
  const named = { debugFile: 'inlined', debugId: 'B0317B1A56455B0FFCD6DE0C4F81A38B0' };
  const read = (path: string): Buffer => readFileSync(join(fixtures, path));
  const program = () => ({ ...named, kind: 'elf' as const, text: read('bin/clang/inlined') });
  // As `crashkeep symbols upload /usr/lib/debug/.build-id` sends it: under its build id.
  const debugFile = () => ({
    ...{ debugId: named.debugId, debugFile: '7b31b045560f5bfcd6de0c4f81a38b3745976c' },
    ...{ kind: 'elf-debug' as const, text: read('bin/clang/debug/inlined.debug') },
  });
  const text = () => ({
    ...{ ...named, kind: 'breakpad' as const },
    text: read('symbols/inlined/B0317B1A56455B0FFCD6DE0C4F81A38B0/inlined.sym'),
  });
  const dump = () => read('minidumps/own__clang-inlined__crashpad.dmp');
  const [AREA, SOURCE] = ['geo::Square::area() const', '/src/crash/src/inlined.cpp'];

  test('the stripped program alone unwinds, without names of what it does not export', async () => {
    const [first, second, third] = await walkedWith(dump(), [program()]);
    expect([first?.function, second?.trust, third?.trust]).toEqual([null, 'cfi', 'cfi']);
  });

  test('its debug file alone names, and cannot unwind', async () => {
    const [first, ...callers] = await walkedWith(dump(), [debugFile()]);
    expect(first).toMatchObject({ function: AREA, file: SOURCE, line: 11 });
    expect(callers.filter(({ trust }) => trust === 'cfi')).toEqual([]);
  });

  test('a .sym alone does both', async () => {
    const [first, second] = await walkedWith(dump(), [text()]);
    expect([first?.function, first?.line, second?.trust]).toEqual([AREA, 11, 'cfi']);
  });

  test('program and debug file together do both, and as much as with the .sym beside, in whatever order they came', async () => {
    const two = placesOf(await walkedWith(dump(), [program(), debugFile()]));
    expect(two[0]).toEqual([AREA, SOURCE, 11, 'context', 2]);
    expect(two[1]?.slice(1, 4)).toEqual([SOURCE, 13, 'cfi']);
    expect(two[3]?.[0]).toMatch(/^compute\(/);
    // Beyond main a .sym knows _init and _fini, which scanning then takes for callers.
    const three = placesOf(await walkedWith(dump(), [text(), debugFile(), program()]));
    expect(three.slice(0, 5)).toEqual(two.slice(0, 5));
    expect(placesOf(await walkedWith(dump(), [program(), text(), debugFile()]))).toEqual(three);
  });
});

describe.skipIf(absent)(`Windows dumps that tell no debug id${note}`, () => {
  const unpacked = (path: string): Buffer => gunzipSync(readFileSync(join(fixtures, 'winx64', path)));
  const image = (name: string, debugId: string, bytes: Buffer): SymbolUpload => ({
    ...{ debugFile: name, debugId, kind: 'pe', codeFile: name, text: bytes },
  });

  /** Link time and size of the image, as a symbol server files it. */
  function codeIdOf(bytes: Buffer): string {
    const at = bytes.readUInt32LE(0x3c);
    const hex = (value: number): string => value.toString(16).toUpperCase();
    return `${hex(bytes.readUInt32LE(at + 8)).padStart(8, '0')}${hex(bytes.readUInt32LE(at + 24 + 56))}`;
  }

  interface Truth {
    readonly crashing_thread_index: number;
    readonly threads: readonly {
      readonly index: number;
      readonly frames: readonly { readonly module: string | null; readonly module_offset: string }[];
    }[];
  }

  test.each(['nullderef-g', 'nullderef-c', 'nonvol-c', 'cppexc-g-m0', 'heapabort-cf'])(
    '%s is walked by .pdata of images found by name, link time and size',
    async (id) => {
      const program = `${id.replace(/-m\d$/, '')}.exe`;
      const bytes = readFileSync(join(fixtures, 'winx64/bin', program));
      const dlls = ['kernel32', 'kernelbase', 'msvcrt', 'ntdll'].map((name) => `${name}.dll`);
      const files = [
        image(program, codeIdOf(bytes), bytes),
        ...dlls.map((name) => {
          const dll = unpacked(`bin/wine/${name}.gz`);
          return image(name, codeIdOf(dll), dll);
        }),
      ];
      const frames = await walkedWith(unpacked(`minidumps/${id}.raw.dmp.gz`), files);
      const truth = JSON.parse(readFileSync(join(fixtures, 'winx64/expected', `${id}.truth.json`), 'utf8')) as Truth;
      const expected = truth.threads.find(({ index }) => index === truth.crashing_thread_index)?.frames ?? [];
      // A caller's offset is its return address less one.
      const places = expected.map(({ module, module_offset: offset }, i) => [
        module,
        Number(offset) - (i === 0 ? 0 : 1),
      ]);
      expect(frames.map(({ module, module_offset: offset }) => [module, Number(offset)])).toEqual(places);
      expect(frames.slice(1).every(({ trust }) => trust === 'cfi')).toBe(true);
    },
  );
});
