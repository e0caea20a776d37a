import type { FrameNames } from './frame-names.js';
import type { FunctionSpan, SymbolForm } from './symbol-form.js';
import type { UnwindEntry } from './unwind-rule.js';

/**
 * Several forms of one module as one: what the first that knows an offset says. A library's own file has the unwind data, its
 * debug file the names, and a .sym may have either.
 */
export function layeredForm(forms: readonly [SymbolForm, ...SymbolForm[]]): SymbolForm {
  return {
    identity: forms[0].identity,
    hasUnwind: forms.some((form) => form.hasUnwind),
    hasFunctions: forms.some((form) => form.hasFunctions),
    hasCode: forms.some((form) => form.hasCode),
    functionAt: (offset) => first(forms, (form): FunctionSpan | null => form.functionAt(offset)),
    unwindAt: (offset) => first(forms, (form): UnwindEntry | null => form.unwindAt(offset)),
    codeAt: (offset, length) => first(forms, (form): Uint8Array | null => form.codeAt(offset, length)),
    describe: (offset) => first(forms, (form): FrameNames | null => form.describe(offset)),
  };
}

function first<T>(forms: readonly SymbolForm[], ask: (form: SymbolForm) => T | null): T | null {
  for (const form of forms) {
    const found = ask(form);
    if (found !== null) return found;
  }
  return null;
}
