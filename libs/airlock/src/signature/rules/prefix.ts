import { type Rule, isAnyOf } from './rule.js';

/** Frames that are worth naming and do not tell one bug from another: named, and the next frame is looked at. */
export const PREFIX: readonly Rule[] = [
  {
    match:
      '(?:__GI_)?abort|_?exit|_Exit|quick_exit|terminate|(?:__cxxabiv1::)?__?terminate|std::terminate|std::_Terminate|__gnu_cxx::__verbose_terminate_handler|demangling_(?:un)?terminate_handler|abort_message|__abort',
    reason: 'anything can end the process',
  },
  {
    match:
      '__assert(?:_fail(?:_base)?|_rtn|_perror_fail|2)?|__assert|_w?assert|__libc_message(?:_impl)?|__libc_fatal|g_(?:assert|log|return).*|qt_assert.*|qFatal|QMessageLogger::fatal|qt_message_fatal',
    reason: 'the assertion that failed is above',
  },
  {
    match:
      '__fortify_fail(?:_abort)?|__chk_fail|__stack_chk_fail|__GSHandlerCheck.*|__report_gsfailure|__fastfail|_invalid_parameter.*|_invoke_watson|_purecall|__cxa_pure_virtual|__cxa_deleted_virtual',
    reason: 'a check of the runtime; what broke it is above',
  },
  {
    match:
      'malloc_printerr.*|_?_?(?:int_)?(?:malloc|free|realloc|calloc|memalign)|__libc_(?:malloc|free|realloc|calloc|memalign)|malloc_consolidate|unlink_chunk.*|sysmalloc|tcache_.*|operator (?:new|delete)(?:\\[\\])?|je_.*|tc_(?:malloc|free|new|delete).*|partition_alloc::.*|allocator_shim::.*|Rtlp?(?:Allocate|Free|ReAllocate|LogHeapFailure|HpHeap|ReportHeap|pFreeHeap).*|Heap(?:Alloc|Free|ReAlloc)|_(?:malloc|free|calloc|realloc)_base',
    reason: 'allocators crash where others wrote',
  },
  {
    match:
      '_?_?(?:mem|wmem|str|wcs)(?:cpy|move|set|chr|rchr|cmp|len|nlen|cat|ncpy|ncmp|pcpy|mem|str|dup|casecmp|ncasecmp)(?:_chk)?(?:_[a-z0-9_]+)?|_platform_(?:mem|str).*',
    reason: 'called with a bad pointer by what is above',
  },
  { match: 'std::.*|__gnu_cxx::.*|operator==|operator<=>', reason: 'the standard library: its caller holds the bug' },
  {
    match:
      'core::.*|alloc::.*|<(?:alloc|core|std)::.* as .*|rust_oom|__rust_(?:alloc|dealloc|realloc|alloc_error_handler).*|__rdl_.*|__rg_.*',
    reason: "Rust's own library: its caller holds the bug",
  },
  {
    match:
      'logging::(?:LogMessage|CheckError|NotReachedError|DCheckError.*|RawCheck.*)::.*|logging::RawCheckFailure|V8_Fatal|v8::(?:internal::V8::FatalProcessOutOfMemory|Utils::ReportApiFailure|Utils::ReportOOMFailure)|base::TerminateBecauseOutOfMemory|base::internal::OnNoMemory.*|node::(?:Abort|Assert|OnFatalError|OOMErrorHandler)|Builtins_.*',
    reason: 'a check, or the engine between two calls',
  },
  {
    match:
      '(?:__)?(?:poll|ppoll|select|pselect6?|epoll_p?wait2?|read|write|recv(?:from|msg)?|send(?:to|msg)?|accept4?|connect|nanosleep|clock_nanosleep|wait4|waitpid|waitid|futex|ioctl|syscall|sched_yield|pause|usleep|sleep)(?:_nocancel|64|_nocancel_adjusted)?|__internal_syscall_cancel|__syscall_cancel(?:_arch)?',
    reason: 'a thread that waits; for what is above',
  },
  {
    match:
      '___?futex_(?:abstimed_wait.*|.*)|futex_(?:wait|wake|abstimed).*|__lll_lock_.*|(?:__|___)?pthread_(?:mutex_(?:.*lock.*)|cond_.*wait.*|rwlock_.*|join|timedjoin.*|once.*)|sem_(?:timed)?wait|__new_sem_wait.*|do_futex_wait.*',
    reason: 'a thread that waits for a lock',
  },
  {
    match:
      '(?:Nt|Zw)(?:WaitFor.*|DelayExecution|RemoveIoCompletion.*|TerminateProcess|UserGetMessage|UserMsgWait.*)|WaitFor(?:Single|Multiple)Objects?(?:Ex)?(?:Implementation)?|(?:Real)?MsgWaitFor.*|Sleep(?:Ex|ConditionVariable.*)?|GetQueuedCompletionStatus(?:Ex)?|Rtl(?:p)?(?:EnterCriticalSection.*|LeaveCriticalSection|WaitOn.*|AcquireSRWLock.*|SleepCondition.*)|EnterCriticalSection|TerminateProcess|ExitProcess',
    reason: "Windows' waits and ends",
  },
  {
    match:
      'mach_msg(?:2|_trap|2_trap|_overwrite)?|mach_msg2_internal|semaphore_(?:timed)?wait(?:_trap)?|kevent(?:64|_qos)?|__ulock_wait2?|__psynch_.*|__semwait_signal|_os_unfair_lock_.*|_dispatch_.*|dispatch_.*|__CF.*|_?CFRunLoop.*|__pthread_kill',
    reason: "macOS' waits and queues",
  },
  {
    match:
      'objc_(?:msgSend(?:Super2?|_stret|_uncached)?|release(?:_x\\d+)?|retain(?:_x\\d+)?|autorelease.*|storeStrong|loadWeakRetained|destroyWeak|moveWeak|opt_.*)|_objc_(?:release|retain|msgSend_uncached|rootRelease|rootRetain).*|-\\[NSObject(?:\\(NSObject\\))? doesNotRecognizeSelector:\\]|___forwarding___|_CF_forwarding_prep_0|AutoreleasePoolPage::.*|lookUpImpOrForward|CF(?:Release|Retain)',
    reason: 'message passing and counting: the object is of the caller',
  },
  {
    match:
      'swift_(?:release|retain|bridgeObjectRelease|unknownObjectRelease|dynamicCast|isUniquelyReferenced).*|_swift_release_.*|Swift\\._assertionFailure.*|Swift\\._fatalErrorMessage.*|_assertionFailure.*',
    reason: "Swift's runtime: its caller holds the bug",
  },
  {
    match:
      'g_(?:free|malloc.*|object_unref|object_ref|main_(?:loop_run|context_(?:iteration|dispatch|poll).*)|signal_emit.*|closure_invoke)',
    reason: "GLib's plumbing",
  },
];

export const isPrefix = isAnyOf(PREFIX);
