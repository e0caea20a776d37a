import type { Cpu, ExceptionRecord, Os } from '@crashkeep/snapshot';
import { expect, test } from 'vitest';
import { crashAddress, crashReason } from './crash-reason.js';

const exception = (code: number, flags = 0, parameters: readonly bigint[] = [], address = 0n): ExceptionRecord => ({
  threadId: 1,
  code,
  flags,
  address,
  parameters,
  context: null,
});

const kernelCode = (flavor: bigint, shift: bigint): bigint[] => [0n, flavor << shift, 0n];

// Each as rust-minidump 0.27 words it, but for macOS's resources and guards, whose numbers are left out.
test.each<[Os, Cpu, ExceptionRecord, string]>([
  ['windows', 'amd64', exception(0xc0000005, 0, [1n, 0n]), 'EXCEPTION_ACCESS_VIOLATION_WRITE'],
  ['windows', 'amd64', exception(0xc0000005, 0, [8n, 0n]), 'EXCEPTION_ACCESS_VIOLATION_EXEC'],
  ['windows', 'amd64', exception(0xc0000005, 0, [3n, 0n]), 'EXCEPTION_ACCESS_VIOLATION'],
  ['windows', 'amd64', exception(0xc0000005), 'EXCEPTION_ACCESS_VIOLATION'],
  [
    'windows',
    'x86',
    exception(0xc0000006, 0, [0n, 5n, 0xc000009cn]),
    'EXCEPTION_IN_PAGE_ERROR_READ / STATUS_DEVICE_DATA_ERROR',
  ],
  ['windows', 'x86', exception(0xc0000006, 0, [0n, 5n, 0x12345n]), 'EXCEPTION_IN_PAGE_ERROR_READ / 0x00012345'],
  ['windows', 'x86', exception(0xc0000006, 0, [0n, 5n]), 'EXCEPTION_IN_PAGE_ERROR'],
  ['windows', 'amd64', exception(0xc0000409, 0, [7n]), 'EXCEPTION_STACK_BUFFER_OVERRUN / FAST_FAIL_FATAL_APP_EXIT'],
  ['windows', 'amd64', exception(0xc0000409, 0, [999n]), 'EXCEPTION_STACK_BUFFER_OVERRUN / 0x000003e7'],
  ['windows', 'amd64', exception(0xc0000409), 'STATUS_STACK_BUFFER_OVERRUN'],
  ['windows', 'amd64', exception(0xc0000374), 'STATUS_HEAP_CORRUPTION'],
  ['windows', 'amd64', exception(0xc0000420), 'STATUS_ASSERTION_FAILURE'],
  ['windows', 'amd64', exception(0xc06d007e), 'FACILITY_VISUALCPP / ERROR_MOD_NOT_FOUND'],
  ['windows', 'amd64', exception(0xe06d7363), 'Unhandled C++ Exception'],
  ['windows', 'amd64', exception(0xe0000008), 'Out of Memory'],
  ['windows', 'amd64', exception(0xe0434352), 'MANAGED_EXCEPTION_CODE_V4'],
  ['windows', 'amd64', exception(0x0517a7ed), 'Simulated Exception'],
  ['windows', 'amd64', exception(0x40010005), 'DBG_CONTROL_C'],
  ['windows', 'amd64', exception(6), 'ERROR_INVALID_HANDLE'],
  ['windows', 'amd64', exception(1702), 'RPC_S_INVALID_BINDING'],
  ['windows', 'amd64', exception(0x20474343), 'unknown 0x20474343'],
  ['linux', 'amd64', exception(11, 1), 'SIGSEGV / SEGV_MAPERR'],
  ['linux', 'amd64', exception(11, 0x80), 'SIGSEGV / SI_KERNEL'],
  ['linux', 'amd64', exception(6, 0xfffffffa), 'SIGABRT / SI_TKILL'],
  ['linux', 'amd64', exception(6), 'SIGABRT'],
  ['linux', 'amd64', exception(6, 77), 'SIGABRT / 0x0000004d'],
  ['android', 'arm64', exception(7, 4), 'SIGBUS / BUS_MCEERR_AR'],
  ['linux', 'amd64', exception(0xffffffff, 0), 'DUMP_REQUESTED'],
  ['linux', 'amd64', exception(40, 1), 'unknown 0x00000028 / 0x00000001'],
  ['mac', 'amd64', exception(1, 13), 'EXC_BAD_ACCESS / EXC_I386_GPFLT'],
  ['mac', 'arm64', exception(1, 0x105), 'EXC_BAD_ACCESS / EXC_ARM_PAC_FAIL'],
  ['mac', 'arm64', exception(1, 1), 'EXC_BAD_ACCESS / KERN_INVALID_ADDRESS'],
  ['mac', 'arm64', exception(6, 1), 'EXC_BREAKPOINT / EXC_ARM_BREAKPOINT'],
  ['mac', 'amd64', exception(5, 0x10002), 'EXC_SOFTWARE / SIGABRT'],
  ['mac', 'amd64', exception(3, 99), 'EXC_ARITHMETIC / 0x00000063'],
  ['mac', 'amd64', exception(0x43507378), 'Simulated Exception'],
  [
    'ios',
    'arm64',
    exception(11, 1 << 29, kernelCode(2n, 58n)),
    'EXC_RESOURCE / RESOURCE_TYPE_CPU / FLAVOR_CPU_MONITOR_FATAL',
  ],
  ['mac', 'arm64', exception(12, 2 << 29, kernelCode(1n, 32n)), 'EXC_GUARD / GUARD_TYPE_FD / GUARD_EXC_CLOSE'],
  ['mac', 'arm64', exception(12, 3 << 29, kernelCode(1n, 32n)), 'EXC_GUARD / GUARD_TYPE_USER'],
  ['solaris', 'sparc', exception(11, 1), 'unknown 0x0000000b / 0x00000001'],
])('%s, %s: %o is %s', (os, cpu, record, reason) => {
  expect(crashReason(record, os, cpu)).toBe(reason);
});

test('the address is the one that was accessed, and 32 bits wide where the processor is', () => {
  expect(crashAddress(exception(0xc0000005, 0, [0n, 0x18n], 0x401000n), 'windows', 'amd64')).toBe(0x18n);
  expect(crashAddress(exception(0xc000001d, 0, [0n, 0x18n], 0x401000n), 'windows', 'amd64')).toBe(0x401000n);
  expect(crashAddress(exception(11, 1, [], 0xffff_ffff_8000_0010n), 'linux', 'x86')).toBe(0x8000_0010n);
});
