import { discloseScreening } from '@crashkeep/airlock';
import { DumpIdText, ProjectIdText } from '@crashkeep/ids';
import { appendLeaf } from '@crashkeep/ledger';
import { writeScreenSummary } from '@crashkeep/lenient-store';
import {
  type LeasedScreening,
  type ScreeningSkip,
  type StrictRows,
  announceDetectorSet,
  closeExtraction,
  closeExtractionLeases,
  detectorSets,
  endScreening,
  insertMask,
  maskText,
  recordFindings,
  signDetectorSet,
  signMask,
} from '@crashkeep/strict-store';
import type { Rooms } from '../rooms.js';
import { LeaseLost } from '../walk/record-walk.js';
import type { ScreenResult } from './screen-result.js';

export interface ScreenToRecord {
  readonly screening: LeasedScreening;
  readonly result: ScreenResult;
  readonly skipped: readonly ScreeningSkip[];
  readonly cost: { readonly claimedBytes: number; readonly readBytes: number; readonly constantBytes: number };
}

/**
 * All that a screening leaves, in the transaction of `rows`: findings, the signed mask with the grants that must look again,
 * the console's summary, the leaf. The worker's header goes with it.
 */
export async function writeScreening(
  { owner, screenKeys }: Rooms,
  rows: StrictRows,
  { screening, result, skipped, cost }: ScreenToRecord,
): Promise<void> {
  const { id, dump, detectors } = screening;
  const project = ProjectIdText.parse(screening.project);
  const { state, failure, secrets } = result;
  if (!(await endScreening(rows, { ...{ id, owner, state, failure, skipped }, ...cost }))) throw new LeaseLost();
  await announceDetectorSet(rows, detectors, signDetectorSet(detectors, screenKeys.maskKey));
  const detectableSince =
    (await detectorSets(rows)).find(({ number }) => number === detectors)?.deployedAt ?? new Date();
  const about = { screening: id, dump, project, presentSince: screening.receivedAt, detectableSince };
  await recordFindings(rows, about, secrets);
  const mask = await insertMask(rows, { dump, project, detectors, objects: result.mask }, (statement) => {
    const text = maskText(statement);
    return { text, signature: signMask(text, screenKeys.maskKey) };
  });
  const summary = discloseScreening({ state, detectors, severities: secrets.map(({ severity }) => severity) });
  await writeScreenSummary(rows, DumpIdText.parse(dump), project, summary);
  const ids = { dump: DumpIdText.parse(dump), project };
  await appendLeaf(rows, 'worker', {
    ...{ act: 'dump.screened', ...ids, screening: id, detectors, state, mask: mask.id, grants: mask.grants },
    findings: countsOf(secrets),
  });
  // One that was ordered was opened by a header of the keeper's; a lease of a second walk is not this one's to close.
  const isOrdered = screening.order !== null;
  const closed = isOrdered ? await closeExtractionLeases(rows, dump) : await closeExtraction(rows, dump);
  if (closed) await appendLeaf(rows, 'worker', { act: 'dump.extraction-closed', ...ids });
}

function countsOf(secrets: ScreenResult['secrets']) {
  const count = (wanted: string): number => secrets.filter(({ severity }) => severity === wanted).length;
  return {
    ...{ critical: count('critical'), high: count('high'), medium: count('medium') },
    ...{ low: count('low'), info: count('info') },
  };
}
