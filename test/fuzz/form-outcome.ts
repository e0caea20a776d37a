import { openSymbolForm, walkBytesOf } from '@crashkeep/symbols';
import { BudgetPassed, magnitude } from './fuzz-target.js';
import { MeteredSource } from './metered-source.js';

/** Offsets that are looked up: more than a walk asks of most modules. */
const LOOK_UPS = 24;
const MODULE_BYTES = 64 * 1024;
const INLINES_MAX = 100_000;

/** Opens a form, looks offsets up and tells the outcome's class. Throws what the form does. */
export function formOutcome(bytes: Uint8Array): string {
  const source = new MeteredSource(bytes);
  const form = openSymbolForm(source);
  if (walkBytesOf(source) < 0) throw new BudgetPassed('walk bytes');
  const kinds = new Set<string>();
  let [functions, inlines] = [0, 0];
  for (let i = 0; i < LOOK_UPS; i++) {
    const offset = Math.floor((i * MODULE_BYTES) / LOOK_UPS) + (i % 5);
    if (form.functionAt(offset) !== null) functions++;
    const rules = form.unwindAt(offset);
    if (rules !== null)
      kinds.add(`${rules.win?.kind ?? '-'}${rules.cfi?.cfa.kind ?? '-'}${rules.cfi?.returnAddress.kind ?? '-'}`);
    const names = form.describe(offset);
    inlines += names?.inlines.length ?? 0;
    if (names !== null) kinds.add(`${names.file === null ? '' : 'f'}${names.inlines.length > 0 ? 'i' : ''}`);
  }
  if (inlines > INLINES_MAX) throw new BudgetPassed('inlines');
  return [
    form.identity.cpu,
    // In sixteenths: what a damage adds or takes away of a file is mostly seen in its form alone.
    Math.round(Math.log2(bytes.length) * 16),
    magnitude(functions),
    magnitude(inlines),
    [...kinds].sort().join(),
  ].join(' ');
}
