import { type Rule, isAnyOf } from './rule.js';

/** Modules that come with a system or a runtime. Without symbols such a frame is named by its module alone, since its offset differs by build of it, and the next is looked at. */
export const SYSTEM_MODULES: readonly Rule[] = [
  {
    match:
      'libc(?:-[\\d.]+)?\\.so(?:\\.\\d+)?|libpthread(?:-[\\d.]+)?\\.so(?:\\.\\d+)?|ld-?(?:linux|musl)?.*\\.so[.\\d]*|libdl(?:-[\\d.]+)?\\.so[.\\d]*|libm(?:-[\\d.]+)?\\.so[.\\d]*|librt(?:-[\\d.]+)?\\.so[.\\d]*',
    reason: 'the C library of Linux',
  },
  { match: 'linux-(?:gate|vdso)(?:64|32)?\\.so[.\\d]*|\\[vdso\\]|\\[vsyscall\\]', reason: "the kernel's page" },
  {
    match:
      'libstdc\\+\\+\\.so[.\\d]*|libgcc_s\\.so[.\\d]*|libc\\+\\+(?:abi)?(?:_shared)?\\.(?:so[.\\d]*|\\d\\.dylib|dylib)|libunwind\\.so[.\\d]*',
    reason: 'C++ runtimes',
  },
  {
    match: 'libglib-2\\.0\\.so[.\\d]*|libgobject-2\\.0\\.so[.\\d]*|libgio-2\\.0\\.so[.\\d]*',
    reason: "GLib's main loop",
  },
  { match: '(?:crashpad|breakpad)_preload(?:32)?\\.so', reason: 'a handler put there beforehand' },
  {
    match:
      'ntdll\\.dll|kernel32\\.dll|kernelbase\\.dll|user32\\.dll|win32u\\.dll|gdi32(?:full)?\\.dll|wow64(?:cpu|win)?\\.dll|combase\\.dll|ole32\\.dll|rpcrt4\\.dll|sechost\\.dll|advapi32\\.dll',
    reason: 'Windows',
  },
  {
    match:
      'ucrtbased?\\.dll|msvcrt\\.dll|msvc[rp]\\d+(?:_\\w+)?d?\\.dll|vcruntime\\d+(?:_\\d)?d?\\.dll|msvcp_win\\.dll',
    reason: "Microsoft's C and C++ runtimes",
  },
  {
    match:
      'libsystem_\\w+\\.dylib|libSystem\\.B\\.dylib|libdispatch\\.dylib|libobjc\\.A\\.dylib|libdyld\\.dylib|dyld|corefoundation|foundation|hitoolbox|appkit|uikitcore|CoreFoundation|Foundation|HIToolbox|AppKit|UIKitCore',
    reason: 'macOS and iOS',
  },
  {
    match:
      'linker(?:64)?|libart\\.so|libandroid_runtime\\.so|libutils\\.so|libbinder\\.so|libhwui\\.so|app_process(?:32|64)?|base\\.odex|boot.*\\.oat',
    reason: 'Android',
  },
];

export const isSystemModule = isAnyOf(SYSTEM_MODULES);
