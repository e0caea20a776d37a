import {
  type KeyObject,
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  randomUUID,
} from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  type NoteSigner,
  type TreeHead,
  type VerifierKey,
  type Witness,
  checkpointText,
  parseCheckpoint,
  verifierKeyText,
  verifierOf,
} from '@crashkeep/ledger';

/** A witness's key, and what it saw last of each ledger: a folder of mode 0700. Whoever sets this back can be shown a fork. */
export class WitnessFolder implements Witness {
  readonly #path: string;
  readonly signer: NoteSigner;
  readonly logs: readonly VerifierKey[];

  /** Makes the key where there is none. */
  constructor(path: string, logs: readonly VerifierKey[], name: string | null) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    this.#path = path;
    this.logs = logs;
    const kept = (file: string, make: () => string): string => {
      if (!existsSync(join(path, file))) this.#write(file, make());
      return readFileSync(join(path, file), 'utf8');
    };
    const named = kept(
      'name',
      () => `${name ?? `crashkeep-witness.invalid/${randomBytes(8).toString('hex')}`}\n`,
    ).trim();
    this.signer = { name: named, privateKey: privateKeyOf(kept('witness.key', newKey)) };
    this.#write('witness.pub', `${this.publicKey}\n`);
  }

  get publicKey(): string {
    return verifierKeyText(verifierOf(this.signer, 'cosignature'));
  }

  seen(origin: string): TreeHead | null {
    const file = join(this.#path, fileOf(origin));
    return existsSync(file) ? parseCheckpoint(readFileSync(file, 'utf8')) : null;
  }

  remember(origin: string, head: TreeHead): void {
    this.#write(fileOf(origin), checkpointText({ origin, ...head }));
  }

  #write(file: string, text: string): void {
    const aside = join(this.#path, `.${randomUUID()}`);
    const opened = openSync(aside, 'wx', 0o600);
    writeFileSync(opened, text);
    fsyncSync(opened);
    closeSync(opened);
    renameSync(aside, join(this.#path, file));
    const folder = openSync(this.#path, 'r');
    fsyncSync(folder);
    closeSync(folder);
  }
}

const fileOf = (origin: string): string => `seen-${createHash('sha256').update(origin).digest('hex').slice(0, 32)}`;

const newKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

const privateKeyOf = (pem: string): KeyObject => createPrivateKey(pem);
