import { setTimeout as sleep } from 'node:timers/promises';
import { AwayError, type VaultAnswer } from './send-body.js';

/** Milliseconds before each further try. */
const WAITS: readonly number[] = [1_000, 4_000, 15_000, 60_000];
const LONGEST_WAIT_MS = 120_000;

/**
 * Tries again, from the beginning, while the vault is away or asks to come later. Gives its last answer, or null where it was never
 * reached. `said` hears how many seconds it waits.
 */
export async function patiently(
  send: () => Promise<VaultAnswer>,
  said: (seconds: number) => void,
  waits: readonly number[] = WAITS,
): Promise<VaultAnswer | null> {
  for (let i = 0; ; i++) {
    const answer = await unlessAway(send);
    const wait = waits[i];
    if (wait === undefined || (answer !== null && !isPassing(answer))) return answer;
    const asked = (answer?.retryAfter ?? 0) * 1000;
    const ms = waits === WAITS ? Math.min(LONGEST_WAIT_MS, Math.max(wait, asked)) : wait;
    said(Math.round(ms / 1000));
    await sleep(ms);
  }
}

async function unlessAway(send: () => Promise<VaultAnswer>): Promise<VaultAnswer | null> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof AwayError) return null;
    throw error;
  }
}

/** The vault is not to blame the sender for it: 5xx, and too many at once. */
export function isPassing({ status }: VaultAnswer): boolean {
  return status >= 500 || status === 429;
}
