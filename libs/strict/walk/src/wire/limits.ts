/** What one child may ask for. The parent counts; the child's own counting is a courtesy. */
export const RANGES_PER_ASK = 64;
export const ANSWER_BYTES_MAX = 4 * 1024 * 1024;
/** A dump up to this size is pushed whole with its job: one round instead of five. */
export const PUSH_BYTES_MAX = 2 * 1024 * 1024;
/** The envelope's chunk: asking for less would not cost less to decrypt. */
export const BLOCK_BYTES = 64 * 1024;
/** A byte names a source, and 0 is the dump itself. */
export const SYMBOL_SOURCES_MAX = 255;
export const MODULES_PER_ASK = 4096;

/** Bytes of JSON that an answer may have. A Chromium dump's is 60 KB. */
export const RESULT_BYTES_MAX = 16 * 1024 * 1024;
export const MODULE_LIST_BYTES_MAX = 4 * 1024 * 1024;
export const FORM_PIECE_BYTES_MAX = 1024 * 1024;

export interface Budget {
  readonly rounds: number;
  readonly dumpBytes: number;
  readonly symbolBytes: number;
  readonly milliseconds: number;
}

export const WALK_BUDGET: Budget = {
  rounds: 256,
  dumpBytes: 32 * 1024 * 1024,
  symbolBytes: 32 * 1024 * 1024,
  milliseconds: 10_000,
};
