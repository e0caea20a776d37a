import type { ProblemFacts } from '@crashkeep/platform';

/** Why a body is no submission. Clients of Antenna know the first part of each line: `Discarded=malformed_<reason>`. */
export type MalformedReason =
  | 'no_content_type'
  | 'wrong_content_type'
  | 'wrong_content_encoding'
  | 'no_boundary'
  | 'bad_gzip'
  | 'invalid_json'
  | 'invalid_json_value'
  | 'invalid_payload_structure'
  | 'no_dump'
  | 'dump_not_a_file'
  | 'empty_dump'
  | 'unknown_compression'
  | 'wrong_magic';

/** The body is not what a crash client sends: 400, nothing stored, no use in sending it again. */
export class MalformedError extends Error {
  override readonly name = 'MalformedError';
  readonly code = 'ingest.malformed';

  constructor(readonly reason: MalformedReason) {
    super('ingest.malformed');
  }
}

export type IngestErrorCode =
  | 'ingest.unauthorized'
  | 'ingest.too-large'
  | 'ingest.too-many-parts'
  | 'ingest.too-long-name'
  | 'ingest.too-many-annotations'
  | 'ingest.too-large-annotations'
  | 'ingest.malformed-upload-key'
  | 'ingest.no-recipient'
  | 'ingest.store-away'
  | 'ingest.busy'
  | 'ingest.throttled'
  | 'ingest.spool-full'
  | 'ingest.no-receipt'
  | 'ingest.receipt-later'
  | 'symbols.malformed'
  | 'symbols.wrong-debug-id'
  | 'symbols.already-there'
  | 'symbols.not-found'
  | 'symbols.bad-zip';

const RETRY_SECONDS = 60;

const FACTS: { readonly [C in IngestErrorCode]: Omit<ProblemFacts, 'code'> } = {
  'ingest.unauthorized': sender(401, 'Send a token of this vault, in one place of the request.'),
  'ingest.too-large': sender(413, 'The upload is larger than this vault takes.'),
  'ingest.too-many-parts': sender(413, 'The upload has more parts than this vault takes.'),
  'ingest.too-long-name': sender(413, 'A part of the upload has a name longer than this vault takes.'),
  'ingest.too-many-annotations': sender(413, 'The upload has more annotations than this vault takes.'),
  'ingest.too-large-annotations': sender(413, 'The annotations are larger than this vault takes.'),
  'ingest.malformed-upload-key': sender(400, 'Crashkeep-Upload is no UUID.'),
  'ingest.no-recipient': later('The vault has no key to seal to yet. Try again later.'),
  'ingest.store-away': later('The vault cannot store now. Try again later.'),
  'ingest.throttled': {
    status: 429,
    title: 'The project does not take such crashes now.',
    blame: 'policy',
    retry: false,
  },
  'ingest.spool-full': later('The vault cannot store now, and its spool is full. Try again later.'),
  'ingest.no-receipt': sender(404, 'This token has uploaded no such dump.'),
  'ingest.receipt-later': {
    ...later('The dump is not in a signed checkpoint yet. Try again in a moment.'),
    retryAfter: 1,
  },
  'ingest.busy': later('The vault takes as many uploads as it can. Try again later.'),
  'symbols.malformed': sender(400, 'This is no Breakpad, ELF or PE file under a debug file, debug id and name.'),
  'symbols.wrong-debug-id': sender(400, 'The MODULE record of the symbol file names another debug id.'),
  'symbols.already-there': sender(409, 'Other symbols of this debug id are there. The first upload stays.'),
  'symbols.not-found': sender(404, 'The project has no such symbols.'),
  'symbols.bad-zip': sender(400, 'This is no zip of <debug_file>/<debug_id>/<name>, or a damaged one.'),
};

/** A refusal that is answered as a problem (RFC 9457). */
export class IngestError extends Error {
  override readonly name = 'IngestError';

  constructor(readonly code: IngestErrorCode) {
    super(code);
  }

  get facts(): ProblemFacts {
    return { code: this.code, ...FACTS[this.code] };
  }
}

function sender(status: number, title: string): Omit<ProblemFacts, 'code'> {
  return { status, title, blame: 'sender', retry: false };
}

function later(title: string): Omit<ProblemFacts, 'code'> {
  return { status: 503, title, blame: 'us', retry: true, retryAfter: RETRY_SECONDS };
}
