import type { LenientFrame } from '@crashkeep/report';

/** Modules that a program does not write itself: C and C++ runtimes, loaders, kernels' doors. */
const RUNTIME_MODULES =
  /^(?:lib(?:c|m|pthread|dl|rt|stdc\+\+|c\+\+(?:abi)?|gcc_s|objc.*|dispatch|dyld|system_.*)(?:[-.].*)?|ld[-.].*|linux-(?:vdso|gate).*|dyld|ntdll\.dll|kernel(?:32|base)\.dll|ucrtbase.*|msvc[rp].*|vcruntime.*|CoreFoundation|Foundation|AppKit|HIToolbox)$/i;

/** Runtimes that are linked into the program, and the first and last steps of every stack. */
const RUNTIME_FUNCTIONS =
  /^(?:<?(?:std|core|alloc|tokio|mio|rayon_core)::|__(?:libc_|GI_|cxa_|cxxabiv1|rust_|gnu_cxx::)|_start$|_init$|_fini$|start_thread$|__?clone\d?$|raise$|abort$|thread_start$|_pthread_|BaseThreadInitThunk$|RtlUserThreadStart$)/;

/** Folded away at first sight: seldom where the cause is. */
export function isRuntimeFrame({ module, function: name }: Pick<LenientFrame, 'module' | 'function'>): boolean {
  if (module !== null && RUNTIME_MODULES.test(module)) return true;
  return name !== null && RUNTIME_FUNCTIONS.test(name);
}

/**
 * The highest frame that the program's own people wrote; null where symbols name none. One with a source line is surely that; a
 * name alone may be a neighbour's, where only public symbols are there.
 */
export function firstOwnFrame(frames: readonly LenientFrame[]): LenientFrame | null {
  const own = frames.filter((frame) => frame.function !== null && !isRuntimeFrame(frame));
  return own.find(({ file }) => file !== null) ?? own.find(({ trust }) => trust !== 'scan') ?? own[0] ?? null;
}
