/** The report's closed vocabularies in words that people say. */
const OS_WORDS = new Map([
  ['linux', 'Linux'],
  ['windows', 'Windows'],
  ['mac', 'macOS'],
  ['android', 'Android'],
  ['ios', 'iOS'],
  ['solaris', 'Solaris'],
  ['fuchsia', 'Fuchsia'],
]);

export function osWord(os: string): string {
  return OS_WORDS.get(os) ?? 'unknown system';
}

/** `SIGSEGV / SEGV_MAPERR` in two: the signal, and what the kernel said more. */
export function splitReason(reason: string): { readonly head: string; readonly rest: string } {
  const slash = reason.indexOf(' / ');
  return slash < 0 ? { head: reason, rest: '' } : { head: reason.slice(0, slash), rest: reason.slice(slash + 3) };
}

/** `6.18.44 -fc-v657 #1 SMP …` is `6.18.44`: the rest says who built the kernel. */
export function shortOsVersion(version: string | null): string {
  return version?.split(/[\s~-]/u, 1)[0] ?? '';
}

/** Some builds say that they are nothing: `0.0.0.0` tells no one anything. */
export function versionOrNull(version: string | null): string | null {
  return version === null || /^0+(?:\.0+)*$/u.test(version) ? null : version;
}

/** `49F6744A…1ADD0`: enough of a debug id to compare by eye. */
export function shortId(id: string): string {
  return id.length <= 14 ? id : `${id.slice(0, 8)}…${id.slice(-5)}`;
}
