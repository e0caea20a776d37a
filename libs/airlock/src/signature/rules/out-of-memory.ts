import { type Rule, isAnyOf } from './rule.js';

/** Functions that are entered only when there is no memory left: such a crash is of the machine's state, not of its place. */
export const OUT_OF_MEMORY: readonly Rule[] = [
  {
    match:
      'base::TerminateBecauseOutOfMemory|base::internal::OnNoMemory.*|partition_alloc::.*OnNoMemory.*|partition_alloc::.*OutOfMemory.*',
    reason: 'Chromium',
  },
  {
    match:
      'v8::internal::V8::FatalProcessOutOfMemory|v8::internal::Heap::FatalProcessOutOfMemory|node::OOMErrorHandler',
    reason: 'V8 and Node.js',
  },
  {
    match: 'alloc::alloc::handle_alloc_error|rust_oom|std::alloc::rust_oom|__rust_alloc_error_handler',
    reason: 'Rust',
  },
  { match: 'std::__throw_bad_alloc|std::(?:__1::)?__throw_bad_alloc|std::_Xbad_alloc', reason: 'C++ runtimes' },
  { match: 'NS_ABORT_OOM|mozalloc_handle_oom|js::AutoEnterOOMUnsafeRegion::crash', reason: 'Mozilla' },
];

export const isOutOfMemory = isAnyOf(OUT_OF_MEMORY);

/** Reasons that say the same. */
export const OUT_OF_MEMORY_REASONS: ReadonlySet<string> = new Set([
  'STATUS_NO_MEMORY',
  'STATUS_FATAL_MEMORY_EXHAUSTION',
  'STATUS_COMMITMENT_LIMIT',
  'OUT_OF_MEMORY',
]);
