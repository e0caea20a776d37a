import type { Finding, ScreenResult } from '@crashkeep/screen';

/** DESIGN.md 16: what scripts read. Addresses are hex strings, or null where the file does not say. */
export function findingLine(file: string, finding: Finding): object {
  return {
    file,
    kind: finding.kind,
    level: finding.level,
    offset: finding.offset,
    address: addressText(finding.address),
    length: finding.length,
    detector: finding.detector,
    public: publicText(finding),
  };
}

export function fileLine(file: string, { status, skipped }: ScreenResult): object {
  return { file, screened: status, skipped };
}

export function addressText(address: bigint | null): string | null {
  return address === null ? null : `0x${address.toString(16)}`;
}

/** The SPKI's SHA-256 in hex; behind it, where ssh has a name for the key, the one that `ssh-keygen -l` prints. */
function publicText({ public: part }: Finding): string | null {
  if (part === null) return null;
  return part.ssh === null ? part.spki : `${part.spki} ${part.ssh}`;
}
