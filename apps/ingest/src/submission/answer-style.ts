import { randomBytes } from 'node:crypto';
import type { Project } from '@crashkeep/identity';
import { type DumpAlias, DumpAliasText, type DumpId } from '@crashkeep/ids';

/** The second name of a dump whose project answers with 16 hex digits; other projects' dumps have none. */
export function newAlias(style: Project['answerStyle']): DumpAlias | null {
  return style === 'hex16' ? DumpAliasText.parse(randomBytes(8).toString('hex')) : null;
}

/**
 * The whole body of a good answer. Clients keep it as the report's id, so there is nothing else in it: `CrashID=` is
 * Antenna's form, and Electron's old Linux client takes exactly 16 hex digits.
 */
export function answerText(style: Project['answerStyle'], id: DumpId, alias: DumpAlias | null): string {
  if (style === 'hex16' && alias !== null) return alias;
  return style === 'crashid' ? `CrashID=bp-${id}\n` : id;
}
