import { type Rule, isAnyOf } from './rule.js';

/** Frames that say how a crash was raised, caught or walked, never why: left out wherever they stand. */
export const IRRELEVANT: readonly Rule[] = [
  {
    match: '(?:__GI_)?raise|gsignal|(?:__)?pthread_kill(?:_internal|_implementation)?|(?:__)?kill|tgkill|tkill',
    reason: 'the way to raise a signal; what asked for it is above',
  },
  {
    match: '__restore_rt|_sigtramp|__kernel_rt_sigreturn|__kernel_sigreturn|<signal handler called>',
    reason: 'the step into a signal handler',
  },
  {
    match:
      '__libc_do_syscall|_dl_sysinfo_int80|__kernel_vsyscall|KiFastSystemCall(?:Ret)?|linux-(?:gate|vdso)(?:64|32)?\\.so[.\\d]*|\\[vdso\\]|\\[vsyscall\\]',
    reason: 'the gate into the kernel; without symbols, the page where it lies',
  },
  { match: '_L_lock_\\d+|_L_unlock_\\d+', reason: "glibc's out-of-line lock stubs, numbered by build" },
  {
    match:
      'Ki(?:User)?(?:ExceptionDispatch(?:er)?|RaiseUserExceptionDispatcher)|(?:Nt|Zw)RaiseException|Rtl(?:p)?(?:DispatchException|CallVectoredHandlers|ExecuteHandlerForException|RaiseException(?:2)?|RaiseStatus)|RaiseException|UnhandledExceptionFilter|__C_specific_handler|_except_handler[34]|ExecuteHandler2?@\\d+',
    reason: "Windows' way from fault to handler",
  },
  {
    match:
      '_CxxThrowException|__CxxFrameHandler[34]?|__cxa_throw|__cxa_rethrow|_Unwind_(?:RaiseException|Resume(?:_or_Rethrow)?|ForcedUnwind)|__gxx_personality_v0|objc_exception_throw|__exceptionPreprocess',
    reason: 'the way of a C++ or Objective-C exception; the thrower is above',
  },
  {
    match:
      '(?:google_breakpad|crashpad|sentry__?)(?:::|_).*|__sanitizer::.*|__asan::.*|__ubsan::.*|__tsan::.*|__interceptor_(?:abort|raise)',
    reason: "the crash handler's or sanitizer's own frames",
  },
  {
    match:
      'base::(?:debug::(?:BreakDebugger(?:AsyncSafe)?|StackTrace::StackTrace|CollectStackTrace)|ImmediateCrash)|base::internal::(?:ImmediateCrash|InvokeFuncImpl.*)',
    reason: "Chromium's way to stop at once; what asked for it is above",
  },
  {
    match:
      '__rust_(?:begin|end)_short_backtrace|std::sys(?:_common)?::backtrace::.*|rust_begin_unwind|rust_panic|__rust_start_panic|std::panicking::.*|core::ops::function::FnOnce::call_once\\{\\{vtable\\.shim\\}\\}',
    reason: "Rust's way from panic to abort",
  },
  {
    match:
      '(?:__)?(?:start_thread|clone3?|_start|__libc_start_(?:main|call_main)(?:_impl)?|_dl_start_user)|thread_start|_pthread_(?:start|body)|_pthread_start|__start_thread|__pthread_start',
    reason: 'where every thread begins',
  },
  {
    match:
      'BaseThreadInitThunk|RtlUserThreadStart|_?RtlUserThreadStart|__RtlUserThreadStart|thread_start<.*>|invoke_main|__scrt_common_main(?:_seh)?|(?:w?main|w?WinMain)CRTStartup|__tmainCRTStartup',
    reason: 'where every Windows thread begins',
  },
  {
    match:
      'std::(?:__1::)?__invoke.*|std::(?:__1::)?invoke.*|std::__invoke_impl.*|std::thread::_(?:State_impl|Invoker)<T>::.*|std::(?:__1::)?__thread_proxy<T>|std::_Function_handler<T>::_M_invoke|std::(?:__1::)?__function::.*',
    reason: 'plumbing between a callable and what it calls',
  },
  { match: '@0x[0-9a-f]+', reason: 'an address without a module says nothing' },
];

export const isIrrelevant = isAnyOf(IRRELEVANT);
