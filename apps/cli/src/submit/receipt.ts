import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LedgerError, type VerifierKey, parseVerifierKey, verifierKeyText, verifyReceipt } from '@crashkeep/ledger';
import { stateFolder } from '@crashkeep/local-vault';
import { z } from 'zod';
import type { VaultDoor } from '../vault/vault-door.js';
import { unzstd } from './unzstd.js';

/** Why a receipt is none: said to the user, who keeps the file. */
export class ReceiptError extends Error {
  override readonly name = 'ReceiptError';
}

const TRIES = 20;
const PAUSE_MS = 500;
const PATIENCE_MS = 10_000;
const MAX_CHARACTERS = 512 * 1024;

const Ledger = z.object({ key: z.string().max(400), successions: z.array(z.string().max(64 * 1024)).max(64) });
const Received = z.object({
  act: z.literal('dump.received'),
  dump: z.string(),
  content: z.object({ salt: z.string().regex(/^[0-9a-f]{32}$/), sha256: z.string() }),
});

/**
 * Fetches the receipt of an upload and checks it: that the ledger has signed it, and that it is of this file's bytes. Returns the
 * receipt's text. Throws `ReceiptError`.
 */
export async function checkedReceipt(
  id: string,
  path: string,
  door: VaultDoor,
  named: VerifierKey | null,
): Promise<string> {
  const text = await untilThere(`/receipts/${id}`, door);
  const ledger = Ledger.safeParse(JSON.parse(await untilThere('/ledger', door)));
  if (!ledger.success) throw new ReceiptError('the vault has no ledger key');
  const key = named ?? keyOf(door.origin, ledger.data.key);
  const { findings, entry } = verifyReceipt(text, ledger.data.successions, {
    keys: [key],
    witnesses: [],
    remembered: null,
  });
  const [finding] = findings;
  if (finding) throw new ReceiptError(`the receipt does not hold (${finding.code})`);
  const received = Received.safeParse(entry?.leaf);
  const isOfThis = received.success && (received.data.dump === id || /^[0-9a-f]{16}$/.test(id));
  if (!isOfThis) throw new ReceiptError('the receipt is of another dump');
  const { salt, sha256 } = received.data.content;
  if ((await contentOf(path, salt)) !== sha256) throw new ReceiptError('the receipt is of other bytes');
  return text;
}

/** A checkpoint is signed each second; what is in the spool of an ingest takes longer. */
async function untilThere(address: string, { origin, token }: VaultDoor): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const answer = await fetch(new URL(address, origin), {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: 'error',
    }).catch(() => null);
    const text = answer && (await answer.text().catch(() => null));
    if (answer?.status === 200 && text !== null && text.length <= MAX_CHARACTERS) return text;
    if (tries === TRIES) throw new ReceiptError('the vault gives no receipt yet');
    await sleep(PAUSE_MS);
  }
}

/** Of the bytes that were sent: unpacked where the file is packed. */
async function contentOf(path: string, salt: string): Promise<string> {
  const digest = createHash('sha256').update(Buffer.from(salt, 'hex'));
  const file = createReadStream(path);
  for await (const piece of path.endsWith('.zst') ? unzstd(file) : (file as AsyncIterable<Uint8Array>))
    digest.update(piece);
  return digest.digest('hex');
}

/**
 * Of the vault on this machine from its own folder; else the key that this vault showed the first time. Another one later is refused:
 * its successions lead to it, or it is another ledger.
 */
function keyOf(origin: string, shown: string): VerifierKey {
  const own = join(stateFolder().sequencerKeys, 'ledger.pub');
  const state = process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local/state');
  const seen = join(state, 'crashkeep', `ledger-${createHash('sha256').update(origin).digest('hex').slice(0, 16)}.pub`);
  try {
    for (const file of isLoopback(origin) ? [own, seen] : [seen])
      if (existsSync(file)) return parseVerifierKey(readFileSync(file, 'utf8'));
    const key = parseVerifierKey(shown);
    mkdirSync(dirname(seen), { recursive: true, mode: 0o700 });
    writeFileSync(seen, `${verifierKeyText(key)}\n`, { mode: 0o600 });
    return key;
  } catch (error) {
    if (error instanceof LedgerError) throw new ReceiptError("the ledger's key cannot be read");
    throw error;
  }
}

const isLoopback = (origin: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(origin).hostname);
