import type { AsyncRangeSource } from './async-range-source.js';

export interface ConvertJob {
  /** The text of a Breakpad symbol file. */
  readonly source: AsyncRangeSource;
  readonly project: string;
  readonly formBytesMax: number;
}
