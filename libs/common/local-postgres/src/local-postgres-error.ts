export type LocalPostgresFault =
  | 'postgres.no-binaries'
  | 'postgres.no-service-user'
  | 'postgres.unreachable-folder'
  | 'postgres.initdb-failed'
  | 'postgres.start-failed';

/** The message is the code; `detail` is what PostgreSQL itself said, for a log. */
export class LocalPostgresError extends Error {
  constructor(
    readonly code: LocalPostgresFault,
    readonly detail = '',
  ) {
    super(code);
    this.name = 'LocalPostgresError';
  }
}
