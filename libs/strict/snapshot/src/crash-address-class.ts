import type { Cpu, Module, ProcessSnapshot, Thread } from './process-snapshot.js';

/** What an address is, without saying where (DESIGN.md 6). */
export type AddressClass =
  | { readonly class: 'null'; readonly offset: number }
  | { readonly class: 'module'; readonly module: number }
  | { readonly class: 'non-canonical' | 'stack' | 'heap-like' | 'other' };

/** Below this an access went through a null pointer: the first page is never mapped. */
const NULL_PAGE = 4096n;
/** A frame that overflows the stack touches memory this far below sp, or below what was saved. */
const BELOW_STACK = 65_536n;

const FAULTS: ReadonlySet<string> = new Set(['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP']);
const SENT: ReadonlySet<string> = new Set(['SI_QUEUE', 'SI_TIMER', 'SI_MESGQ', 'SI_ASYNCIO', 'SI_SIGIO', 'SI_TKILL']);

/** The class of the address that the crash is about; null where it is about none. */
export function crashAddressClass(snapshot: ProcessSnapshot): AddressClass | null {
  if (snapshot.crashAddress === null || wasSent(snapshot)) return null;
  if (isStandIn(snapshot)) return { class: holdsNonCanonical(snapshot) ? 'non-canonical' : 'other' };
  return addressClass(snapshot, snapshot.crashAddress);
}

export function addressClass(
  snapshot: Pick<ProcessSnapshot, 'cpu' | 'threads' | 'modules' | 'memory' | 'regionInfo'>,
  address: bigint,
): AddressClass {
  if (address < NULL_PAGE) return { class: 'null', offset: Number(address) };
  if (!isCanonical(snapshot.cpu, address)) return { class: 'non-canonical' };
  const module = snapshot.modules.find((candidate) => holds(candidate, address));
  if (module !== undefined) return { class: 'module', module: module.ordinal };
  if (snapshot.threads.some((thread) => isOnStack(thread, address))) return { class: 'stack' };
  const region = snapshot.regionInfo.find((info) => address >= info.address && address < info.address + info.size);
  const isData =
    region === undefined ? snapshot.memory.regionAt(address) !== null : region.writable && !region.executable;
  return { class: isData ? 'heap-like' : 'other' };
}

/** False where no program can have mapped the address, whatever the system. */
export function isCanonical(cpu: Cpu, address: bigint): boolean {
  if (cpu === 'amd64') return address < 0x8000_0000_0000n || address >= 0xffff_8000_0000_0000n;
  if (cpu === 'arm64') return address < 0x0010_0000_0000_0000n || address >= 0xfff0_0000_0000_0000n;
  return true;
}

/** A signal of Linux that somebody sent (abort() sends one to itself) has no address, and writers put 0 there: that is no null pointer. */
function wasSent({ os, crashReason }: ProcessSnapshot): boolean {
  if (os !== 'linux' && os !== 'android') return false;
  const [signal = '', code = ''] = crashReason?.split(' / ') ?? [];
  return !FAULTS.has(signal) || SENT.has(code);
}

/**
 * The processor does not say which address was not canonical, so systems write one that means nothing: Linux 0 with SI_KERNEL,
 * macOS 0 with EXC_I386_GPFLT, Windows the highest of all.
 */
function isStandIn({ os, cpu, crashReason, crashAddress }: ProcessSnapshot): boolean {
  if (cpu !== 'amd64') return false;
  if (os === 'windows') return crashAddress === 0xffff_ffff_ffff_ffffn;
  const reasons = ['SIGSEGV / SI_KERNEL', 'SIGBUS / SI_KERNEL', 'EXC_BAD_ACCESS / EXC_I386_GPFLT'];
  return crashAddress === 0n && reasons.includes(crashReason ?? '');
}

/** A register that the instruction may have gone through. */
function holdsNonCanonical({ cpu, threads, crashingThread }: ProcessSnapshot): boolean {
  const context = threads[crashingThread ?? -1]?.context;
  return [...(context?.registers.values() ?? [])].some((value) => !isCanonical(cpu, value));
}

function holds(module: Module, address: bigint): boolean {
  return address >= module.base && address < module.base + BigInt(module.size);
}

function isOnStack({ stack, context }: Thread, address: bigint): boolean {
  const sp = context?.stackPointer ?? null;
  if (stack === null) return sp !== null && address >= sp - BELOW_STACK && address < sp + BELOW_STACK;
  const bottom = sp !== null && sp < stack.address ? sp : stack.address;
  return address >= bottom - BELOW_STACK && address < stack.address + BigInt(stack.size);
}
