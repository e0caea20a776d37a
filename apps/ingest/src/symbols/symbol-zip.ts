import { randomUUID } from 'node:crypto';
import type { VerifiedToken } from '@crashkeep/identity';
import { objectKey } from '@crashkeep/strict-store';
import { ByteBudget, type ByteStream } from '../body/byte-budget.js';
import { IngestError } from '../ingest-error.js';
import type { Intake } from '../intake.js';
import type { SymbolName } from './symbol-name.js';
import { takeSymbols } from './symbol-upload.js';
import { readSymbolZip } from './zip-members.js';

/** What became of a zip's members, by their paths in it. */
export interface TakenZip {
  readonly bytes: number;
  /** Stored now. */
  readonly stored: readonly string[];
  /** The same were there already. */
  readonly skipped: readonly string[];
  /** Others of that debug id were there, which stay. */
  readonly refused: readonly string[];
}

/**
 * Stores the members of a zip, each as a PUT of `<debug_file>/<debug_id>/<name>` would. A zip is read from its end, so it lies in the
 * symbols' store while it is at work; one that a killed process left there has no row, and the sweeper takes it. All names are checked
 * before the first member is stored; what the members unfold to is counted together. Throws `symbols.bad-zip`, what a member's own
 * upload throws (members before it stay), `ingest.too-large` and `ingest.too-many-parts`.
 */
export async function takeSymbolZip(intake: Intake, holder: VerifiedToken, body: ByteStream): Promise<TakenZip> {
  const key = objectKey(randomUUID(), 'zip');
  const { bytes } = await intake.symbols.put(key, body);
  try {
    return await takeMembers(intake, holder, { key, bytes });
  } finally {
    await intake.symbols.delete(key);
  }
}

async function takeMembers(
  intake: Intake,
  holder: VerifiedToken,
  { key, bytes }: { readonly key: string; readonly bytes: number },
): Promise<TakenZip> {
  const members = await readSymbolZip(bytes, (offset, length) => intake.symbols.read(key, offset, length));
  const unfolded = new ByteBudget(intake.limits.symbolBytes);
  const taken = { bytes, stored: [] as string[], skipped: [] as string[], refused: [] as string[] };
  for (const { path, name, content } of members) {
    const outcome = await takeMember(intake, holder, unfolded.count(content()), name);
    taken[outcome].push(path);
  }
  return taken;
}

async function takeMember(
  intake: Intake,
  holder: VerifiedToken,
  content: ByteStream,
  name: SymbolName,
): Promise<'stored' | 'skipped' | 'refused'> {
  try {
    return (await takeSymbols(intake, holder, content, name)).stored ? 'stored' : 'skipped';
  } catch (error) {
    if (error instanceof IngestError && error.code === 'symbols.already-there') return 'refused';
    throw error;
  }
}
