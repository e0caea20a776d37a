import type { Coverage } from '../job/coverage.js';
import type { Level } from '../job/finding.js';
import type { Secret } from '../keys/secret.js';
import { type Pattern, PatternTable } from './pattern-table.js';
import type { Form } from './number-forms.js';
import { formsOf } from './secret-forms.js';

const MOST_WINDOWS = 600_000;
/** A piece of a copy of fifteen bytes holds one of these windows whole. */
const STRIDE = 8;
/** Half of a prime is enough to have the other half; a sixteenth of one is no accident either. */
const LEAST_BYTES = 16;
const LEAST_CHARACTERS = 16;

export interface CopyOwner {
  readonly secret: Secret;
  readonly level: Level;
}

/** Every form of every secret of the job as one table. What does not fit is counted. */
export function copyTable(secrets: readonly CopyOwner[], coverage: Coverage): PatternTable<CopyOwner> {
  const table = new PatternTable<CopyOwner>(MOST_WINDOWS);
  for (const owner of secrets) {
    for (const form of formsOf(owner.secret)) {
      if (!table.add(patternOf(form, owner))) coverage.skip('copies', 'candidate-budget');
    }
  }
  return table;
}

function patternOf(form: Form, owner: CopyOwner): Pattern<CopyOwner> {
  const { bytes, from, to, isText } = form;
  const isWide = isText && bytes[1] === 0;
  const least =
    owner.secret.type === 'plain' && isText ? bytes.length : isText ? LEAST_CHARACTERS * (isWide ? 2 : 1) : LEAST_BYTES;
  return { bytes, anchorFrom: from, anchorTo: to, stride: STRIDE, least: Math.min(least, bytes.length), owner };
}
