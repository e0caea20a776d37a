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

/** Each is a setting: CRASHKEEP_INGEST_MAX_DUMP_BYTES, …_PARTS, …_ATTACHMENTS and so on. */
export function limitsFromSettings(integer: IntegerSetting): IngestLimits {
  const most = (name: string, standard: number): number =>
    integer(`CRASHKEEP_INGEST_MAX_${name}`, { default: standard, min: 1, max: 2 ** 50 });
  return {
    uploadBytes: most('DUMP_BYTES', DEFAULT_LIMITS.uploadBytes),
    parts: most('PARTS', DEFAULT_LIMITS.parts),
    attachments: most('ATTACHMENTS', DEFAULT_LIMITS.attachments),
    nameBytes: most('NAME_BYTES', DEFAULT_LIMITS.nameBytes),
    annotations: most('ANNOTATIONS', DEFAULT_LIMITS.annotations),
    annotationBytes: most('ANNOTATION_BYTES', DEFAULT_LIMITS.annotationBytes),
    symbolBytes: most('SYMBOL_BYTES', DEFAULT_LIMITS.symbolBytes),
    uploadsAtOnce: most('UPLOADS_AT_ONCE', DEFAULT_LIMITS.uploadsAtOnce),
  };
}
