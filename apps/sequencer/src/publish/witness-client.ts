import {
  type TreeHash,
  type VerifierKey,
  addCheckpointText,
  heldBy,
  parseNote,
  parseSignatureLines,
  parseVerifierKey,
  signatureLine,
} from '@crashkeep/ledger';

const PATIENCE_MS = 2_000;
const MAX_ANSWER_BYTES = 16 * 1024;
const CONFLICT = 409;

/** `lines`: signature lines to put under the note. `refused`: the witness has answered and will not. */
export type WitnessAnswer =
  | { readonly kind: 'cosigned'; readonly lines: string }
  | { readonly kind: 'refused'; readonly status: number; readonly isNews: boolean }
  | { readonly kind: 'away' };

type Asked = Exclude<WitnessAnswer, { kind: 'refused' }> | { readonly kind: 'refused'; readonly status: number };

export type ProveFrom = (older: number) => Promise<readonly TreeHash[]>;

/** One witness, asked over HTTP (C2SP tlog-witness). What it answers is checked with its key. */
export class WitnessClient {
  readonly key: VerifierKey;
  readonly #url: URL;
  #known = 0;
  #hasRefused = false;

  /** `http://host:port/prefix name+01234567+<base64>` */
  constructor(setting: string) {
    const [url = '', key = ''] = setting.trim().split(/\s+/);
    this.#url = new URL('add-checkpoint', url.endsWith('/') ? url : `${url}/`);
    this.key = parseVerifierKey(key);
    if (this.key.kind !== 'cosignature') throw new TypeError('witness key is of another kind');
  }

  async cosign(note: string, size: number, proveFrom: ProveFrom): Promise<WitnessAnswer> {
    const answer = await this.#askTwice(note, size, proveFrom).catch((): Asked => ({ kind: 'away' }));
    if (answer.kind !== 'refused') {
      if (answer.kind === 'cosigned') this.#hasRefused = false;
      return answer;
    }
    const isNews = !this.#hasRefused;
    this.#hasRefused = true;
    return { ...answer, isNews };
  }

  /** The first time, and after another has asked it, we do not know what it knows: it says so. */
  async #askTwice(note: string, size: number, proveFrom: ProveFrom): Promise<Asked> {
    const first = await this.#ask(note, size, proveFrom);
    if (first !== 'again') return first;
    const second = await this.#ask(note, size, proveFrom);
    return second === 'again' ? { kind: 'refused', status: CONFLICT } : second;
  }

  async #ask(note: string, size: number, proveFrom: ProveFrom): Promise<Asked | 'again'> {
    if (this.#known > size) return { kind: 'refused', status: CONFLICT };
    const proof = await proveFrom(this.#known);
    const answer = await fetch(this.#url, {
      method: 'POST',
      body: addCheckpointText({ old: this.#known, proof, checkpoint: note }),
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: 'error',
    });
    const text = await boundedText(answer);
    if (answer.status === CONFLICT) {
      const known = /^(0|[1-9]\d{0,15})\n$/.exec(text)?.[1];
      if (known === undefined || Number(known) > size || Number(known) === this.#known)
        return { kind: 'refused', status: CONFLICT };
      this.#known = Number(known);
      return 'again';
    }
    if (answer.status >= 500) return { kind: 'away' };
    if (answer.status !== 200) return { kind: 'refused', status: answer.status };
    const { text: signed } = parseNote(note);
    const lines = parseSignatureLines(text).filter((line) => heldBy(this.key, { text: signed, signatures: [line] }));
    if (lines.length === 0) return { kind: 'refused', status: 200 };
    this.#known = size;
    return { kind: 'cosigned', lines: lines.map(signatureLine).join('') };
  }
}

async function boundedText(answer: Response): Promise<string> {
  const text = await answer.text();
  if (text.length > MAX_ANSWER_BYTES) throw new RangeError('answer too long');
  return text;
}
