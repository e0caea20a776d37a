import type { Finding, ScreenResult } from '@crashkeep/screen';

export interface ScannedFile {
  readonly file: string;
  readonly result: ScreenResult;
}

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** SARIF 2.1.0, for what shows findings in a build. Places are bytes of the file; no snippet, ever. */
export function sarifLog(scanned: readonly ScannedFile[], failed: readonly string[]): object {
  const kinds = [...new Set(scanned.flatMap(({ result }) => result.findings.map(({ kind }) => kind)))].sort();
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'crashkeep',
            version: `detectors-v${scanned[0]?.result.detectors ?? 0}`,
            rules: kinds.map((kind) => ({ id: kind, shortDescription: { text: kind.replaceAll('-', ' ') } })),
          },
        },
        invocations: [
          {
            executionSuccessful: failed.length === 0,
            toolExecutionNotifications: scanned.flatMap(({ file, result }) => notScreened(file, result)),
          },
        ],
        results: scanned.flatMap(({ file, result }) => result.findings.map((finding) => resultOf(file, finding))),
      },
    ],
  };
}

function resultOf(file: string, finding: Finding): object {
  return {
    ruleId: finding.kind,
    level: finding.level >= 2 ? (finding.severity === 'info' ? 'note' : 'error') : 'note',
    message: { text: `${finding.kind.replaceAll('-', ' ')}, level ${finding.level}, seen by ${finding.detector}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file) },
          region: { byteOffset: finding.offset, byteLength: finding.length },
          ...(finding.address === null ? {} : { address: { absoluteAddress: Number(finding.address) } }),
        },
      },
    ],
    ...(finding.public === null ? {} : { partialFingerprints: { 'spki/v1': finding.public.spki } }),
  };
}

function notScreened(file: string, { skipped }: ScreenResult): object[] {
  return skipped.map(({ detector, reason, count }) => ({
    level: 'warning',
    message: { text: `not searched: ${detector}, ${reason}, ${count}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: encodeURI(file) } } }],
  }));
}
