import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dropReturnType } from './drop-return-type.js';
import { outermostEnclosed } from './enclosed.js';
import { collapseArguments, collapseTemplates, normaliseCpp } from './normalise-cpp.js';
import { normaliseRust } from './normalise-rust.js';

interface RecordedCall {
  readonly call: string;
  readonly args: readonly string[];
  readonly returns: unknown;
}

const shared = process.env['CRASHKEEP_SHARED'] ?? join(import.meta.dirname, '../../../../../shared');
const cases = join(shared, 'fixtures/siggen/cases.json');
const isHere = existsSync(cases);

/** Calls of Socorro's siggen that have a counterpart here. The others are Java's, Mozilla's own annotations and free text, which ours never uses. */
const counterparts: Readonly<Record<string, (text: string) => unknown>> = {
  'CSignatureTool.normalize_cpp_function': normaliseCpp,
  'CSignatureTool.normalize_rust_function': normaliseRust,
  'utils.drop_prefix_and_return_type': dropReturnType,
  'utils.collapse_types': collapseTemplates,
  'utils.collapse_arguments': collapseArguments,
};

/**
 * Where ours differs by choice: IPC::ParamTraits keeps its argument there because one class wraps all of Mozilla's messages.
 */
const CHOSEN = 1;

describe.skipIf(!isHere)(`siggen's recorded calls${isHere ? '' : ' (not run: no ../shared/fixtures/siggen)'}`, () => {
  const recorded = isHere ? (JSON.parse(readFileSync(cases, 'utf8')) as { cases: RecordedCall[] }).cases : [];

  test('ours answers the same but for what differs by choice', () => {
    const comparable = recorded.filter((it) => it.call in counterparts);
    const different = comparable.filter((it) => counterparts[it.call]?.(it.args[0] ?? '') !== it.returns);
    process.stdout.write(
      `siggen: ${String(comparable.length - different.length)} of ${String(comparable.length)} equal\n`,
    );
    expect(different.length).toBeLessThanOrEqual(CHOSEN);
  });

  test('brackets are found the same', () => {
    const enclosed = recorded.filter((it) => it.call === 'utils.find_enclosed_slices');
    for (const { args, returns } of enclosed) {
      const found = outermostEnclosed(args[0] ?? '', args[1] ?? '', args[2] ?? '').map((it) => [it.start, it.end]);
      expect(found).toEqual(returns);
    }
  });
});
