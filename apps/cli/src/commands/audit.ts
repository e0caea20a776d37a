import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerError, type Trust, type Verdict, type VerifierKey, parseVerifierKey } from '@crashkeep/ledger';
import { stateFolder } from '@crashkeep/local-vault';
import { Command } from 'commander';
import { readRemembered, verifyPath, writeRemembered } from '../audit/verify-path.js';
import { printAdminAnswer } from './admin-answer.js';

interface VerifyOptions {
  readonly key: readonly string[];
  readonly witnessKey: readonly string[];
  readonly remember?: string;
  readonly successions?: string;
  readonly json?: true;
}

const UNSOUND = 1;
const USAGE = 2;
const several = (one: string, before: readonly string[]): string[] => [...before, one];

/** `crashkeep audit`: what an auditor needs, offline, and what the ledger's keeper of keys does on its machine. */
export function auditCommand(): Command {
  return new Command('audit')
    .description('the ledger: verify it offline, and its key')
    .addCommand(verifyCommand())
    .addCommand(
      new Command('key')
        .description('print the public key that verifiers of this vault are given')
        .action(() => printAdminAnswer('sequencer', { do: 'ledger.key' }, 'key')),
    )
    .addCommand(
      new Command('rotate-key')
        .description('sign with a new key from the next checkpoint on; the old one names it and signs beside it')
        .action(() => printAdminAnswer('sequencer', { do: 'ledger.rotate-key' }, 'key')),
    )
    .addCommand(
      new Command('retire-key')
        .description('stop signing with the key before the last rotation')
        .action(() => printAdminAnswer('sequencer', { do: 'ledger.retire-key' }, 'key')),
    );
}

function verifyCommand(): Command {
  return new Command('verify')
    .description('check a ledger offline: every leaf, tile and signature. Exit 0 sound, 1 not, 2 usage')
    .argument('<path>', "a folder of the ledger's tiles, an export of the audit page, or a receipt")
    .option('--key <key>', "the ledger's public key, name+01234567+base64; may be repeated", several, [])
    .option('--witness-key <key>', 'a witness that must have cosigned; may be repeated', several, [])
    .option(
      '--remember <file>',
      'the checkpoint of the last time: finds a ledger that was set back or forked; written anew when sound',
    )
    .option('--successions <file>', 'for a receipt: the object `keys` of the ledger, if its key has changed')
    .option('--json', 'one JSON object')
    .action(async (path: string, options: VerifyOptions) => {
      process.exitCode = await verify(path, options);
    });
}

async function verify(path: string, options: VerifyOptions): Promise<number> {
  let trust: Trust;
  try {
    trust = trustFrom(options);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return usage('A key or the remembered checkpoint cannot be read. A key is one line: name+01234567+base64.');
  }
  if (trust.keys.length === 0) return usage('Name the public key of the ledger with --key.');
  if (!existsSync(path)) return usage(`There is nothing at ${path}.`);
  const verdict = await verifyPath(path, trust, options.successions ?? null);
  const sound = verdict.findings.length === 0 ? verdict.checkpoint : null;
  if (options.json === true) console.log(JSON.stringify(jsonOf(path, verdict)));
  else print(path, verdict);
  if (sound && options.remember !== undefined) writeRemembered(options.remember, sound);
  return sound ? 0 : UNSOUND;
}

function trustFrom({ key, witnessKey, remember }: VerifyOptions): Trust {
  return {
    keys: key.length > 0 ? key.map(parseVerifierKey) : ownKeys(),
    witnesses: witnessKey.map(parseVerifierKey),
    remembered: remember === undefined ? null : readRemembered(remember),
  };
}

/** Of the vault on this machine, where there is one: its operator need not copy a key about. */
function ownKeys(): VerifierKey[] {
  const file = join(stateFolder().sequencerKeys, 'ledger.pub');
  return existsSync(file) ? [parseVerifierKey(readFileSync(file, 'utf8'))] : [];
}

function print(path: string, { findings, checkpoint, leaves, from, to }: Verdict): void {
  if (checkpoint) {
    const { origin, size, root, signedAt } = checkpoint;
    console.log(`${origin}  ${String(size)} leaves  root ${root.toString('base64')}`);
    console.log(
      `read ${String(leaves)} leaves, from ${from ?? '–'} to ${to ?? '–'}; signed at ${signedAt?.toISOString() ?? '–'}`,
    );
  }
  for (const { code, where } of findings) console.log(`${code}  ${where}`);
  console.log(findings.length === 0 && checkpoint ? `${path}: sound` : `${path}: NOT sound`);
}

function jsonOf(path: string, { findings, checkpoint, leaves, from, to }: Verdict): object {
  const head = checkpoint && {
    origin: checkpoint.origin,
    size: checkpoint.size,
    root: checkpoint.root.toString('base64'),
    signed_at: checkpoint.signedAt?.toISOString() ?? null,
  };
  return { path, sound: findings.length === 0 && checkpoint !== null, checkpoint: head, leaves, from, to, findings };
}

function usage(sentence: string): number {
  console.error(sentence);
  return USAGE;
}
