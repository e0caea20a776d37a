import type { CrashCause, ProbableCause } from './probable-cause.js';
import type { ProcessSnapshot } from './process-snapshot.js';

interface ReasonRule {
  readonly reason: RegExp;
  readonly cause: CrashCause;
  readonly sure: ProbableCause['sure'];
}

/** What a crash's reason says by itself, on each system; the first that fits. */
const RULES: readonly ReasonRule[] = [
  { reason: /^EXCEPTION_STACK_OVERFLOW/, cause: 'stack-overflow', sure: 'strong' },
  { reason: /^EXCEPTION_GUARD_PAGE/, cause: 'guard-page', sure: 'strong' },
  { reason: /STATUS_HEAP_CORRUPTION|FAST_FAIL_(HEAP|CORRUPT_LIST|.*HEAP)/, cause: 'heap-corruption', sure: 'strong' },
  {
    reason: /FAST_FAIL_(STACK_COOKIE_CHECK_FAILURE|LEGACY_GS_VIOLATION|REPORT_GS)/,
    cause: 'stack-smashed',
    sure: 'strong',
  },
  { reason: /STATUS_ASSERTION_FAILURE|FAST_FAIL_INVALID_ARG/, cause: 'assertion', sure: 'strong' },
  { reason: /^SIGABRT|SIGABRT$|FAST_FAIL_FATAL_APP_EXIT|EXC_CRASH/, cause: 'abort', sure: 'strong' },
  {
    reason: /^Unhandled C\+\+ Exception|UNCAUGHT_NS_EXCEPTION|^MANAGED_EXCEPTION/,
    cause: 'uncaught-exception',
    sure: 'strong',
  },
  {
    reason: /^Out of Memory|STATUS_NO_MEMORY|FATAL_MEMORY_EXHAUSTION|EXC_RESOURCE.*MEMORY/,
    cause: 'out-of-memory',
    sure: 'strong',
  },
  { reason: /FPE_INTDIV|INT_DIVIDE_BY_ZERO|EXC_I386_DIV/, cause: 'divided-by-zero', sure: 'strong' },
  { reason: /BUS_ADRERR|BUS_OBJERR|IN_PAGE_ERROR/, cause: 'file-gone', sure: 'fair' },
  { reason: /^SIGTRAP|EXCEPTION_BREAKPOINT|EXC_BREAKPOINT/, cause: 'trap', sure: 'fair' },
  { reason: /^SIGILL|ILLEGAL_INSTRUCTION|EXC_BAD_INSTRUCTION/, cause: 'illegal-instruction', sure: 'fair' },
];

/** A runtime that noted its assertion says most; then the reason's own name. A signal that somebody sent proves nothing. */
export function reasonCause({ crashReason, assertion }: ProcessSnapshot): ProbableCause | null {
  if (assertion !== null) return { cause: 'assertion', sure: 'strong' };
  if (crashReason === null || /SI_USER|SI_QUEUE/.test(crashReason)) return null;
  const found = RULES.find(({ reason }) => reason.test(crashReason));
  return found === undefined ? null : { cause: found.cause, sure: found.sure };
}
