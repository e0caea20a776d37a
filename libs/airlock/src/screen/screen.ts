import { type LenientReport, type ScreenedText, WithheldKind } from '@crashkeep/report';
import type { Grammar } from './grammar.js';

/** All text of one report, in UTF-16 units: what a hostile symbol file could blow a report up to. */
const TEXT_BUDGET = 8 << 20;

/** Passes texts by their grammar and keeps count of what is withheld, by kind. One for each report. */
export class Screen {
  readonly #withheld = new Map<WithheldKind, number>();
  #textLeft = TEXT_BUDGET;

  withhold(kind: WithheldKind, count = 1): void {
    this.#withheld.set(kind, (this.#withheld.get(kind) ?? 0) + count);
  }

  /** Null stays null; what does not fit, or comes after the budget, is null and counted as `kind`. */
  text(text: string | null, fits: Grammar, kind: WithheldKind = 'unfit-text'): ScreenedText | null {
    if (text === null || text === '') return null;
    const shown = text.length <= this.#textLeft ? fits(text) : null;
    if (shown === null) this.withhold(kind);
    else this.#textLeft -= shown.length;
    return shown;
  }

  /** In the order of the schema, so that equal walks give equal reports. */
  withheld(): LenientReport['withheld'] {
    return WithheldKind.options.flatMap((kind) => {
      const count = this.#withheld.get(kind) ?? 0;
      return count === 0 ? [] : [{ kind, count: Math.min(count, 2 ** 32) }];
    });
  }
}
