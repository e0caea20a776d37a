/** What was missing or damaged, where the walk goes on without it. Each is told once, however often it occurs. */
export type MinidumpProblem =
  | 'minidump.truncated'
  | 'minidump.too-many-streams'
  | 'minidump.budget-exhausted'
  | 'minidump.no-system-info'
  | 'minidump.no-threads'
  | 'minidump.no-modules'
  | 'minidump.no-memory'
  | 'minidump.no-exception'
  | 'minidump.crashing-thread-not-listed'
  | `minidump.bad-${StreamWord}`;

/** Streams and records by the word that a problem uses for them. */
export type StreamWord =
  | 'directory'
  | 'system-info'
  | 'threads'
  | 'thread-context'
  | 'thread-names'
  | 'thread-info'
  | 'modules'
  | 'module'
  | 'module-name'
  | 'debug-record'
  | 'unloaded-modules'
  | 'memory'
  | 'memory-info'
  | 'exception'
  | 'misc-info'
  | 'memory-figures'
  | 'crashpad-info'
  | 'breakpad-info'
  | 'assertion'
  | 'mac-crash-info'
  | 'linux-maps';

export class Problems {
  readonly #codes = new Set<MinidumpProblem>();

  add(code: MinidumpProblem): void {
    this.#codes.add(code);
  }

  list(): MinidumpProblem[] {
    return [...this.#codes];
  }
}
