import { type ByteSource, SnapshotError } from '@crashkeep/snapshot';
import { type FunctionSpan, openSymbolForm, type SymbolForm, SymbolsError, type UnwindEntry } from '@crashkeep/symbols';

/** Null where it is no form that can be read. */
export function openGuardedForm(source: ByteSource): SymbolForm | null {
  return guarded(() => new GuardedForm(openSymbolForm(source)));
}

/** Symbols are hostile: a form that contradicts itself at one place says nothing there, and the walk goes on without it. */
class GuardedForm implements SymbolForm {
  readonly identity: SymbolForm['identity'];
  readonly hasUnwind: boolean;
  readonly hasFunctions: boolean;
  readonly hasCode: boolean;
  readonly #form: SymbolForm;

  constructor(form: SymbolForm) {
    this.#form = form;
    this.identity = form.identity;
    this.hasUnwind = form.hasUnwind;
    this.hasFunctions = form.hasFunctions;
    this.hasCode = form.hasCode;
  }

  functionAt(offset: number): FunctionSpan | null {
    return guarded(() => this.#form.functionAt(offset));
  }

  unwindAt(offset: number): UnwindEntry | null {
    return guarded(() => this.#form.unwindAt(offset));
  }

  codeAt(offset: number, length: number): Uint8Array | null {
    return guarded(() => this.#form.codeAt(offset, length));
  }

  /** Names are not given to the process that parses dumps. */
  describe(): null {
    return null;
  }
}

function guarded<T>(lookUp: () => T): T | null {
  try {
    return lookUp();
  } catch (error) {
    if (error instanceof SymbolsError || isOutOfRange(error)) return null;
    throw error;
  }
}

/** A section that claims to lie past the form's end. */
function isOutOfRange(error: unknown): boolean {
  return error instanceof SnapshotError && error.code === 'snapshot.out-of-range';
}
