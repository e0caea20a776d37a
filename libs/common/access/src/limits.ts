/** 64 KiB: what one read may give, a page of the viewer many times over. */
export const READ_BYTES_MAX = 64 * 1024;
/** File ranges of one read: an address range may lie in several pieces of the file. */
export const READ_RANGES_MAX = 64;

/** What one request may name. */
export const ASKED_RANGES_MAX = 8;
export const ASKED_RANGE_BYTES_MAX = 1024 * 1024;
export const ASKED_THREADS_MAX = 64;
/** File ranges that a scope may resolve to: what is signed must stay short enough to look at. */
export const GRANT_RANGES_MAX = 256;

/** How a project decides on raw memory. One policy until projects have their own; its name is signed with each approval. */
export interface AccessPolicy {
  readonly name: string;
  /** Different persons, each with the role `security`. */
  readonly approvals: number;
  /** Longest time that a grant is open, from its activation. */
  readonly minutesMax: number;
  readonly budgetMax: number;
  /** A request that nobody decides lapses after this. */
  readonly decideMinutes: number;
  /** An approval that nobody activates lapses after this. */
  readonly activateMinutes: number;
}

export const DEFAULT_POLICY: AccessPolicy = {
  name: 'default/1',
  approvals: 1,
  minutesMax: 240,
  budgetMax: 16 * 1024 * 1024,
  decideMinutes: 24 * 60,
  activateMinutes: 24 * 60,
};

const POLICIES: readonly AccessPolicy[] = [DEFAULT_POLICY];

/** Null where no such policy is known: what was signed under it is void. */
export const policyNamed = (name: string): AccessPolicy | null =>
  POLICIES.find((policy) => policy.name === name) ?? null;
