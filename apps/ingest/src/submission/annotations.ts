import { IngestError, MalformedError } from '../ingest-error.js';
import type { IngestLimits } from '../limits.js';

/** Crashpad writes these once for the process and again for modules; here the later value is the better one. */
const REPLACING = new Set(['guid', 'list_annotations']);

/**
 * What a client says of its crash, name by name, in the order of arrival. The first value of a name wins, as in Crashpad's
 * own list. Nothing of it is shown or stored in a column, but for what a preset finds.
 */
export class Annotations {
  readonly #values = new Map<string, string>();
  readonly #limits: Pick<IngestLimits, 'annotations' | 'annotationBytes'>;
  #bytes = 0;

  constructor(limits: Pick<IngestLimits, 'annotations' | 'annotationBytes'>) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#values.size;
  }

  get(name: string): string | null {
    return this.#values.get(name) ?? null;
  }

  add(name: string, value: string): void {
    if (name === '') return;
    this.#bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
    if (this.#bytes > this.#limits.annotationBytes) throw new IngestError('ingest.too-large-annotations');
    if (this.#values.has(name) && !REPLACING.has(name)) return;
    this.#values.set(name, value);
    if (this.#values.size > this.#limits.annotations) throw new IngestError('ingest.too-many-annotations');
  }

  /** One JSON object of strings: Mozilla's client sends all annotations so, in a part `extra`. */
  addJson(text: string): void {
    for (const [name, value] of Object.entries(parseObject(text))) {
      if (typeof value !== 'string') throw new MalformedError('invalid_json_value');
      this.add(name, value);
    }
  }

  /** The plaintext of the sealed part `annotations`: a JSON object of strings. */
  toJson(): string {
    return JSON.stringify(Object.fromEntries(this.#values));
  }
}

function parseObject(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new MalformedError('invalid_json'); // the cause would quote the text
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new MalformedError('invalid_json');
  return value;
}
