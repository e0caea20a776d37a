const MIB = 1024 * 1024;

/** What one request may hold. Bytes are counted after every decompression, while they stream. */
export interface IngestLimits {
  /** Plaintext bytes of a whole submission, all parts together. */
  readonly uploadBytes: number;
  /** Parts of one form, of every kind. */
  readonly parts: number;
  /** Files beside the dump. */
  readonly attachments: number;
  /** UTF-8 bytes of a part's name, which is an annotation's too. */
  readonly nameBytes: number;
  readonly annotations: number;
  /** UTF-8 bytes of all names and values of annotations. */
  readonly annotationBytes: number;
  /** Bytes of one symbol file, decompressed. */
  readonly symbolBytes: number;
  /** Uploads that are at work at once. */
  readonly uploadsAtOnce: number;
}

/** A full dump of a large process, Chromium's some hundred annotations, and debug information of a large library fit. */
export const DEFAULT_LIMITS: IngestLimits = {
  uploadBytes: 8 * 1024 ** 3,
  parts: 2000,
  attachments: 64,
  nameBytes: 256,
  annotations: 1500,
  annotationBytes: 2 * 1024 ** 2,
  symbolBytes: 4 * 1024 ** 3,
  uploadsAtOnce: 256,
};

type IntegerSetting = (
  name: string,
  bounds: { readonly default: number; readonly min: number; readonly max: number },
) => number;

/** CRASHKEEP_INGEST_MAX_…: upload and symbol sizes in MiB, the rest in numbers. */
export function limitsFromSettings(integer: IntegerSetting): IngestLimits {
  const mebibytes = (name: string, bytes: number): number =>
    MIB * integer(`CRASHKEEP_INGEST_MAX_${name}_MIB`, { default: bytes / MIB, min: 1, max: 1024 * 1024 });
  const count = (name: string, standard: number): number =>
    integer(`CRASHKEEP_INGEST_MAX_${name}`, { default: standard, min: 1, max: 1_000_000 });
  return {
    uploadBytes: mebibytes('UPLOAD', DEFAULT_LIMITS.uploadBytes),
    parts: count('PARTS', DEFAULT_LIMITS.parts),
    attachments: count('ATTACHMENTS', DEFAULT_LIMITS.attachments),
    nameBytes: count('NAME_BYTES', DEFAULT_LIMITS.nameBytes),
    annotations: count('ANNOTATIONS', DEFAULT_LIMITS.annotations),
    annotationBytes: mebibytes('ANNOTATIONS', DEFAULT_LIMITS.annotationBytes),
    symbolBytes: mebibytes('SYMBOLS', DEFAULT_LIMITS.symbolBytes),
    uploadsAtOnce: count('UPLOADS_AT_ONCE', DEFAULT_LIMITS.uploadsAtOnce),
  };
}
