import type { ProjectId } from '@crashkeep/ids';
import type { Query } from '@crashkeep/query';

/** Days are dates of UTC; both belong to the time. It is compared with as many days before it. */
export interface TopAsked {
  readonly project: ProjectId;
  readonly query: Query;
  readonly from: Date;
  readonly to: Date;
  /** Place of the first row: 0 is the top. */
  readonly skip?: number | undefined;
  readonly size?: number | undefined;
}
