import type { Finding, ScreenResult } from '@crashkeep/screen';
import { addressText } from './finding-lines.js';

/** For people: one line a secret, with how often it was seen; scripts get every sighting. */
export function scanTable(file: string, result: ScreenResult): string {
  const bySecret = new Map<number, Finding[]>();
  for (const finding of result.findings) {
    const seen = bySecret.get(finding.secret);
    if (seen === undefined) bySecret.set(finding.secret, [finding]);
    else seen.push(finding);
  }
  const lines = [...bySecret.values()].sort(byLevel).map(secretLine);
  const searched = `${percent(result.readBytes, result.claimedBytes)} read, ${megabytes(result.constantBytes)} of it constant`;
  const skips = result.skipped.map(
    ({ detector, reason, count }) => `  not searched: ${detector}, ${reason}, ${count}\n`,
  );
  const head = `${file}: ${result.status}, detectors v${result.detectors}, ${searched}\n`;
  return `${head}${lines.join('')}${skips.join('')}`;
}

function byLevel([a]: readonly Finding[], [b]: readonly Finding[]): number {
  return (b?.level ?? 0) - (a?.level ?? 0);
}

function secretLine(seen: readonly Finding[]): string {
  const [first] = seen;
  if (first === undefined) return '';
  const place = addressText(first.address) ?? `offset ${first.offset}`;
  const more = seen.length > 1 ? ` and ${seen.length - 1} more` : '';
  const name = first.public === null ? '' : `  ${first.public.ssh ?? first.public.spki.slice(0, 16)}`;
  return `  L${first.level} ${first.severity.padEnd(8)} ${first.kind.padEnd(28)} ${place}${more}${name}\n`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '100 %' : `${((100 * part) / whole).toFixed(1)} %`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
