import { type Rule, isAnyOf } from './rule.js';

/** Frames at which a crash begins, whatever stands nearer the fault: the signature starts at the first of them. */
export const SENTINEL: readonly Rule[] = [
  {
    match: '_purecall|__cxa_pure_virtual',
    reason: 'a pure virtual call: below are handlers that some program put there',
  },
  {
    match: '__assert_fail|__assert_rtn|_wassert|__assert_perror_fail',
    reason: 'an assertion: how abort then works differs by system',
  },
  {
    match: '__stack_chk_fail|__report_gsfailure|__fortify_fail',
    reason: 'a check of the stack failed: below it is reporting',
  },
  {
    match:
      'core::panicking::panic(?:_fmt|_bounds_check|_nounwind|_display|_misaligned_pointer_dereference|_cannot_unwind|_const|_str)?(?:.*)?|core::(?:option|result)::(?:expect|unwrap)_failed|alloc::alloc::handle_alloc_error',
    reason: 'a Rust panic: below it is printing and unwinding',
  },
  { match: 'std::terminate', reason: 'an exception that nobody caught: handlers below differ' },
  {
    match: 'objc_exception_throw|-\\[NSObject(?:\\(NSObject\\))? doesNotRecognizeSelector:\\]',
    reason: 'an Objective-C exception: below is its way to abort',
  },
  {
    match: 'V8_Fatal|v8::internal::V8::FatalProcessOutOfMemory',
    reason: "V8's own fatal error: below is the embedder's handler",
  },
];

export const isSentinel = isAnyOf(SENTINEL);
