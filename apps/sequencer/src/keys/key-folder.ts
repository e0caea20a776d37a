import { type KeyObject, createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { link, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type NoteSigner, isKeyName, successionNote, verifierKeyText, verifierOf } from '@crashkeep/ledger';
import { SequencerHalt } from '../sequencer-halt.js';
import { readIfThere, syncFolder, writeDurably } from './durable-file.js';

const KEY = 'ledger.key';
const NEXT = 'next.key';
/** Signs beside the new key until it is retired: for witnesses and auditors who were not told yet. */
const PREVIOUS = 'previous.key';
const ORIGIN = 'origin';
const SUCCESSIONS = 'successions';
/** The public half of the key that the ledger began with: what verifiers are given. */
const PUBLIC = 'ledger.pub';

export interface LedgerKeys {
  readonly signer: NoteSigner;
  readonly previous: NoteSigner | null;
  /** Notes by which one key named the next, one after the other. */
  readonly successions: string;
}

/**
 * The ledger's key and what belongs to it, in a folder of mode 0700: `ledger.key` (PKCS #8), `ledger.pub`, `origin`, `successions`. Read
 * anew for each checkpoint, so a new key is taken up without a stop.
 */
export class KeyFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Makes key and origin where there are none. `origin`: the ledger's name, which never changes once it has one. */
  static async open(path: string, origin: string | null): Promise<KeyFolder> {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const folder = new KeyFolder(path);
    await folder.#settle();
    if ((await readIfThere(join(path, ORIGIN))) === null) {
      const name = origin ?? `crashkeep.invalid/${randomBytes(8).toString('hex')}`;
      if (!isKeyName(name)) throw new SequencerHalt('sequencer.state-unreadable');
      await writeDurably(join(path, ORIGIN), `${name}\n`);
    }
    if ((await readIfThere(join(path, KEY))) === null) await writeDurably(join(path, KEY), newKey());
    if ((await readIfThere(join(path, PUBLIC))) === null) {
      const { signer } = await folder.keys();
      await writeDurably(join(path, PUBLIC), `${verifierKeyText(verifierOf(signer, 'note'))}\n`);
    }
    return folder;
  }

  async keys(): Promise<LedgerKeys> {
    const files = [KEY, ORIGIN, SUCCESSIONS, PREVIOUS].map((file) => this.#read(file));
    const [key, name, successions, old] = await Promise.all(files);
    if (key == null || name == null) throw new SequencerHalt('sequencer.state-unreadable');
    const signerOf = (pem: string): NoteSigner => ({ name: name.trim(), privateKey: parseKey(pem) });
    const previous = old == null ? null : signerOf(old);
    return { signer: signerOf(key), previous, successions: successions ?? '' };
  }

  /** The key that verifiers were given first. Later ones follow from it. */
  async firstKey(): Promise<string> {
    return ((await this.#read(PUBLIC)) ?? '').trim();
  }

  /** Makes a new key, lets the old one name it, and puts it in its place; the old one signs beside it. Returns both public halves. */
  async rotate(): Promise<{ readonly from: string; readonly to: string }> {
    const { signer, successions } = await this.keys();
    const text = newKey();
    const next = { name: signer.name, privateKey: parseKey(text) };
    await writeDurably(join(this.path, NEXT), text);
    await writeDurably(join(this.path, SUCCESSIONS), joinNotes(successions, successionNote(signer, next)));
    await this.#settle();
    return { from: verifierKeyText(verifierOf(signer, 'note')), to: verifierKeyText(verifierOf(next, 'note')) };
  }

  /** Forgets the key before the last one. */
  async retire(): Promise<void> {
    await rm(join(this.path, PREVIOUS), { force: true });
    await syncFolder(this.path);
  }

  /** A rotation that was cut off is finished where the old key has spoken, and forgotten where it has not. */
  async #settle(): Promise<void> {
    const next = await this.#read(NEXT);
    if (next === null) return;
    const origin = (await this.#read(ORIGIN))?.trim() ?? '';
    const named = verifierKeyText(verifierOf({ name: origin, privateKey: parseKey(next) }, 'note'));
    if (!((await this.#read(SUCCESSIONS)) ?? '').includes(named)) return;
    await rm(join(this.path, PREVIOUS), { force: true });
    await link(join(this.path, KEY), join(this.path, PREVIOUS));
    await rename(join(this.path, NEXT), join(this.path, KEY));
    await syncFolder(this.path);
  }

  #read(file: string): Promise<string | null> {
    return readIfThere(join(this.path, file));
  }
}

const newKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

const joinNotes = (before: string, note: string): string => (before === '' ? note : `${before}\n${note}`);

function parseKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // said below: the library's own error may quote
  }
  throw new SequencerHalt('sequencer.state-unreadable');
}
