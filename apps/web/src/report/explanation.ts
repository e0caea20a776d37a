import type { LenientFrame, LenientReport } from '@crashkeep/report';

/** Words with names of code among them. */
export type Words = readonly (string | { readonly code: string })[];

export interface Explanation {
  readonly lead: Words;
  /** Each with a short figure: the address, the frame, the number of times. */
  readonly evidence: readonly { readonly figure: string; readonly words: Words }[];
  /** strong: the classes prove it. fair: it usually is so. */
  readonly sure: 'strong' | 'fair';
}

export type Facts = Pick<
  LenientReport,
  | 'probable_cause'
  | 'instruction'
  | 'crash_reason'
  | 'crash_address'
  | 'crash_address_class'
  | 'threads'
  | 'crashing_thread'
>;

export type Rule = (report: Facts, frames: readonly LenientFrame[]) => Explanation | null;
