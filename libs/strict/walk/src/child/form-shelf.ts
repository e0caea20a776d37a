import type { FileRange, Module } from '@crashkeep/snapshot';
import { layeredForm, type SymbolForm } from '@crashkeep/symbols';
import { BLOCK_BYTES } from '../wire/limits.js';
import type { ModuleKey } from '../wire/module-key.js';
import type { OpenedSource } from '../wire/source-list.js';
import type { AskParent } from './ask-parent.js';
import { openGuardedForm } from './guarded-form.js';
import { leafName } from './leaf-name.js';
import { PipeSource } from './pipe-source.js';

const KEPT_BYTES_MAX = 64 * 1024 * 1024;

/** A form that outlives a dump: its blocks stay, and its number changes with each dump. */
class ShelvedForm {
  readonly form: SymbolForm | null;
  readonly source: PipeSource;
  /** The parent's number for it in the present dump. */
  number = 0;

  constructor(ask: AskParent, { size, source }: OpenedSource) {
    this.number = source;
    const read = (ranges: readonly FileRange[]): Uint8Array => ask.ranges(this.number, ranges);
    this.source = new PipeSource(size, read, BLOCK_BYTES);
    this.form = openGuardedForm(this.source);
  }
}

/** The symbols of a child's project, kept from dump to dump; what was not used for longest goes first. */
export class FormShelf {
  readonly #ask: AskParent;
  readonly #kept = new Map<string, ShelvedForm>();

  constructor(ask: AskParent) {
    this.#ask = ask;
  }

  /** One round for all modules; a form that is new is opened when a frame first needs it. One that cannot be read is none. */
  open(modules: readonly Module[]): (module: Module) => SymbolForm | null {
    this.#shrink();
    const opened = this.#ask.symbols(modules.map(keyOf));
    const forms = new Map<number, SymbolForm | null>();
    return ({ ordinal }) => {
      const known = forms.get(ordinal);
      if (known !== undefined) return known;
      const [first, ...more] = (opened[ordinal] ?? []).flatMap((source) => this.#take(source) ?? []);
      const form = first === undefined ? null : more.length === 0 ? first : layeredForm([first, ...more]);
      forms.set(ordinal, form);
      return form;
    };
  }

  #take(source: OpenedSource): SymbolForm | null {
    const shelved = this.#kept.get(source.key) ?? new ShelvedForm(this.#ask, source);
    this.#kept.delete(source.key);
    this.#kept.set(source.key, shelved);
    shelved.number = source.source;
    return shelved.form;
  }

  #shrink(): void {
    let kept = [...this.#kept.values()].reduce((sum, { source }) => sum + source.keptBytes, 0);
    for (const [key, { source }] of this.#kept) {
      if (kept <= KEPT_BYTES_MAX) return;
      kept -= source.keptBytes;
      this.#kept.delete(key);
    }
  }
}

function keyOf({ codeFile, codeId, debugFile, debugId }: Module): ModuleKey {
  return {
    debugFile: debugFile === null ? null : leafName(debugFile).slice(0, 256),
    debugId: debugId !== null && /^[0-9A-Fa-f]{1,64}$/.test(debugId) ? debugId : null,
    codeFile: codeFile === '' ? null : leafName(codeFile).slice(0, 256),
    codeId: codeId !== null && /^[0-9A-Za-z]{1,128}$/.test(codeId) ? codeId : null,
  };
}
