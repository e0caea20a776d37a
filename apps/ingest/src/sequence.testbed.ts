import { generateKeyPairSync } from 'node:crypto';
import { checkpointText, entryOf, grow, noteText, signNote, verifierKeyText, verifierOf } from '@crashkeep/ledger';

type Sql = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
interface Row {
  readonly id: string;
  readonly process: string;
  readonly body: string;
  readonly salt: Buffer;
  readonly created_at: Date;
}

/** What the sequencer does, in a few statements: number, sign, note. */
export class SequencerStandIn {
  readonly #sql: Sql;
  readonly #signer = { name: 'ledger.example', privateKey: generateKeyPairSync('ed25519').privateKey };
  #timer: NodeJS.Timeout | null = null;
  #round = Promise.resolve();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  get key(): string {
    return verifierKeyText(verifierOf(this.#signer, 'note'));
  }

  async sequence(): Promise<void> {
    const found = await this.#sql('SELECT * FROM ledger.leaf ORDER BY seq NULLS LAST, created_at, id');
    const rows = found as unknown as Row[];
    const { head } = grow(
      { size: 0, edge: [] },
      [],
      rows.map(({ created_at: at, ...row }) => entryOf({ ...row, at })),
    );
    for (const [seq, { id }] of rows.entries())
      await this.#sql('UPDATE ledger.leaf SET seq = $1 WHERE id = $2 AND seq IS NULL', [seq, id]);
    const text = checkpointText({ origin: this.#signer.name, ...head });
    const note = noteText({ text, signatures: [signNote(this.#signer, text)] });
    await this.#sql('UPDATE ledger.sequencer SET size = $1, note = $2, first_key = $3', [head.size, note, this.key]);
  }

  /** Each quarter of a second, until it is stopped. */
  start(): void {
    this.#timer = setInterval(() => {
      this.#round = this.#round.then(() => this.sequence());
    }, 250);
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#round;
  }
}
