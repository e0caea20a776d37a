import { join } from 'node:path';
import { type FrontierState, HASH_BYTES, type TreeHash } from '@crashkeep/ledger';
import { z } from 'zod';
import { SequencerHalt } from '../sequencer-halt.js';
import { readIfThere, writeDurably } from './durable-file.js';

const FILE = 'frontier.json';

const Hash = z
  .base64()
  .transform((text): TreeHash => Buffer.from(text, 'base64'))
  .refine((hash) => hash.length === HASH_BYTES);
const State = z.strictObject({ size: z.int().min(0), edge: z.array(z.array(Hash).max(255)).max(8) });

/** How far the ledger was signed, kept beside its key: whoever sets the database back cannot set this back. */
export async function readFrontier(folder: string): Promise<FrontierState | null> {
  const text = await readIfThere(join(folder, FILE));
  if (text === null) return null;
  try {
    return State.parse(JSON.parse(text));
  } catch {
    throw new SequencerHalt('sequencer.state-unreadable');
  }
}

export async function writeFrontier(folder: string, { size, edge }: FrontierState): Promise<void> {
  const hashes = edge.map((level) => level.map((hash) => hash.toString('base64')));
  await writeDurably(join(folder, FILE), JSON.stringify({ size, edge: hashes }));
}
