import type { CrashCause, LenientReport, LenientThread } from '@crashkeep/report';
import type { NamedWalk } from '@crashkeep/walk';

interface Telltale {
  /** A whole name without its arguments, as symbols spell it. */
  readonly name: RegExp;
  readonly cause: CrashCause;
}

/** Functions by which runtimes end a program, and what that says; the first frame that fits decides. */
const TELLTALES: readonly Telltale[] = [
  {
    name: /^(__assert_fail|__assert_rtn|__assert|_assert|_wassert|__assert2|__assert_perror_fail)$/,
    cause: 'assertion',
  },
  {
    name: /^(malloc_printerr|malloc_zone_error|free_tiny\w*|RtlReportCriticalFailure|heap_corruption\w*)$/,
    cause: 'heap-corruption',
  },
  { name: /^(__stack_chk_fail|__fortify_fail|__chk_fail|__report_gsfailure)$/, cause: 'stack-smashed' },
  {
    name: /^(rust_panic|core::panicking::.*|std::panicking::.*|core::result::unwrap_failed|runtime\.(gopanic|throw))$/,
    cause: 'panic',
  },
  {
    name: /^(std::terminate|__cxxabiv1::__terminate|_ZSt9terminatev|__gnu_cxx::__verbose_terminate_handler|__cxa_throw|__cxa_rethrow|_CxxThrowException)$/,
    cause: 'uncaught-exception',
  },
  {
    name: /^(alloc::alloc::handle_alloc_error|alloc::oom::.*|mozalloc_handle_oom|base::TerminateBecauseOutOfMemory|NS_ABORT_OOM)$/,
    cause: 'out-of-memory',
  },
];

/** Causes that only say that the program ended itself: frames may know why. */
const ENDED: ReadonlySet<CrashCause> = new Set(['abort', 'trap', 'illegal-instruction']);
/** How far the way from a runtime's verdict to the signal may be. */
const FRAMES_ASKED = 24;

/** What the dump says, refined by names of functions, which are the uploaded symbols'. */
export function discloseCause(
  { cause }: NamedWalk,
  crashed: LenientThread | undefined,
): LenientReport['probable_cause'] {
  if (cause === null) return null;
  const told: LenientReport['probable_cause'] = { cause: cause.cause, sure: cause.sure };
  if (!ENDED.has(cause.cause) || crashed === undefined) return told;
  const names = crashed.frames.slice(0, FRAMES_ASKED).flatMap((frame) => {
    const isGuess = frame.trust === 'scan' || frame.trust === 'cfi_scan';
    return isGuess ? [] : [...frame.inlines.map((inline) => inline.function), frame.function];
  });
  for (const name of names) {
    const found = name === null ? undefined : TELLTALES.find((one) => one.name.test(withoutArguments(name)));
    if (found !== undefined) return { cause: found.cause, sure: 'strong' };
  }
  return told;
}

const withoutArguments = (name: string): string => name.replace(/\(.*$/, '');
