/** What was missing or damaged, where the walk goes on without it. Each is told once. */
export type ElfCoreProblem =
  | 'elfcore.truncated'
  | 'elfcore.too-many-segments'
  | 'elfcore.too-many-threads'
  | 'elfcore.unknown-machine'
  | 'elfcore.no-threads'
  | 'elfcore.no-signal'
  | 'elfcore.no-modules'
  | 'elfcore.no-memory'
  | 'elfcore.bad-note'
  | 'elfcore.bad-mapped-files'
  | 'elfcore.image-not-saved';

export class Problems {
  readonly #codes = new Set<ElfCoreProblem>();

  add(code: ElfCoreProblem): void {
    this.#codes.add(code);
  }

  list(): ElfCoreProblem[] {
    return [...this.#codes];
  }
}
