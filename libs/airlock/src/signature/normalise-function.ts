import { normaliseCpp } from './normalise-cpp.js';
import { normaliseObjectiveC } from './normalise-objective-c.js';
import { normaliseRust } from './normalise-rust.js';

export interface NamedPlace {
  readonly function: string;
  readonly mangled: string | null;
  readonly file: string | null;
}

/** A function's name without what differs between builds, by the language that it was written in. */
export function normaliseFunction(place: NamedPlace): string {
  return withoutBuild(place) || place.function;
}

function withoutBuild(place: NamedPlace): string {
  const objectiveC = normaliseObjectiveC(place.function);
  if (objectiveC !== null) return objectiveC;
  if (isRust(place)) return normaliseRust(place.function);
  return isPlain(place.function) ? place.function : normaliseCpp(place.function);
}

/** A file's name ends in `.rs` also where version control is written into it: `git:github.com/a/b:src/x.rs:0123…`. */
const isRust = ({ function: name, mangled, file }: NamedPlace): boolean =>
  /\.rs(?::[0-9a-f]*)?$/.test(file ?? '') ||
  /^_R[A-Z]|^_ZN.*17h[0-9a-f]{16}E/.test(mangled ?? name) ||
  /::h[0-9a-f]{16}$/.test(name);

/** C, assembly, JavaScript builtins: nothing to take away. */
const isPlain = (name: string): boolean => /^[\w$@.]+$/.test(name) && !/\.(?:cold|isra|part|constprop)/.test(name);
