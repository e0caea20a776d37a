import type { Coverage } from '../job/coverage.js';
import type { Level } from '../job/finding.js';
import type { Secret } from '../keys/secret.js';
import type { Pattern, PatternTable } from './pattern-table.js';
import type { Form } from './number-forms.js';
import { formsOf } from './secret-forms.js';

/** A piece of a copy of fifteen bytes holds one of these windows whole. */
const STRIDE = 8;
/** Half of a prime is enough to have the other half; a sixteenth of one is no accident either. */
const LEAST_BYTES = 16;
const LEAST_CHARACTERS = 16;

export interface CopyOwner {
  readonly proves: 'copy';
  readonly secret: Secret;
  readonly level: Level;
}

/** Adds every form of every secret. What does not fit is counted. */
export function addCopies(
  table: PatternTable<unknown>,
  secrets: readonly { readonly secret: Secret; readonly level: Level }[],
  coverage: Coverage,
): void {
  for (const { secret, level } of secrets) {
    const owner: CopyOwner = { proves: 'copy', secret, level };
    for (const form of formsOf(secret)) {
      if (!table.add(patternOf(form, owner))) coverage.skip('copies', 'candidate-budget');
    }
  }
}

function patternOf(form: Form, owner: CopyOwner): Pattern<CopyOwner> {
  const { bytes, from, to, isText } = form;
  const isWide = isText && bytes[1] === 0;
  const least =
    owner.secret.type === 'plain' && isText ? bytes.length : isText ? LEAST_CHARACTERS * (isWide ? 2 : 1) : LEAST_BYTES;
  return { bytes, anchorFrom: from, anchorTo: to, stride: STRIDE, least: Math.min(least, bytes.length), owner };
}
