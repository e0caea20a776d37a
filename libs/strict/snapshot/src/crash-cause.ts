import { accessFault, type AccessFault } from './access-fault.js';
import { crashAddressClass } from './crash-address-class.js';
import { poisonKind } from './poison.js';
import type { ProcessSnapshot, RegionInfo } from './process-snapshot.js';
import type { CrashCause, ProbableCause } from './probable-cause.js';
import { reasonCause } from './reason-cause.js';
import { wordBytesOf } from './register-class.js';

/** Null where the dump proves nothing: silence is better than a guess that sends people the wrong way. */
export function crashCause(snapshot: ProcessSnapshot): ProbableCause | null {
  const fault = accessFault(snapshot);
  return fault === null ? reasonCause(snapshot) : (RULES.map((rule) => rule(snapshot, fault)).find(isFound) ?? null);
}

type Rule = (snapshot: ProcessSnapshot, fault: AccessFault) => ProbableCause | null;

const RULES: readonly Rule[] = [astray, overflown, nullPointer, poisoned, nonCanonical, guarded, readOnly, reasonCause];

const strong = (cause: CrashCause): ProbableCause => ({ cause, sure: 'strong' });
const fair = (cause: CrashCause): ProbableCause => ({ cause, sure: 'fair' });

function isFound(cause: ProbableCause | null): cause is ProbableCause {
  return cause !== null;
}

/** The thread itself stands where no code is: a call or a return went there. */
function astray(snapshot: ProcessSnapshot, { address, isFetch }: AccessFault): ProbableCause | null {
  if (!isFetch) return null;
  if (address < NULL_PAGE) return strong('null-call');
  if (snapshot.unloadedModules.some(({ base, size }) => address >= base && address < base + BigInt(size)))
    return strong('unloaded-code');
  const poison = poisonKind(address, wordBytesOf(snapshot.cpu));
  if (poison !== null) return fair(poison === 'freed' ? 'freed-memory' : 'uninitialised-memory');
  const region = regionAt(snapshot, address);
  const isData = region === null ? snapshot.memory.regionAt(address) !== null : region.readable && !region.executable;
  return strong(isData ? 'executing-data' : 'wild-call');
}

const NULL_PAGE = 4096n;
/** A frame may be as large as this before it touches what it has taken. */
const FRAME_BYTES = 64n * 1024n;

/** Memory below the stack pointer's neighbourhood that nobody can touch: the stack has grown into what follows it. */
function overflown(snapshot: ProcessSnapshot, { address }: AccessFault): ProbableCause | null {
  const sp = crashedContext(snapshot)?.stackPointer;
  if (sp === undefined || address < NULL_PAGE) return null;
  const distance = address > sp ? address - sp : sp - address;
  if (distance > FRAME_BYTES || isAccessible(snapshot, address)) return null;
  if (snapshot.regionInfo.length > 0) return strong('stack-overflow');
  // Writers that map no memory save a stack from its pointer on: what lies above that, and is not saved, is another thing.
  return address < sp ? fair('stack-overflow') : null;
}

function nullPointer(snapshot: ProcessSnapshot): ProbableCause | null {
  return crashAddressClass(snapshot)?.class === 'null' ? strong('null-pointer') : null;
}

/** The address is a pattern, or, where systems do not tell which address it was, a register is. */
function poisoned(snapshot: ProcessSnapshot, { address }: AccessFault): ProbableCause | null {
  const wordBytes = wordBytesOf(snapshot.cpu);
  const isHidden = crashAddressClass(snapshot)?.class !== 'null' && isStandIn(snapshot, address);
  const registers = isHidden ? [...(crashedContext(snapshot)?.registers.values() ?? [])] : [];
  const [kind] = [address, ...registers].flatMap((value) => poisonKind(value, wordBytes) ?? []);
  if (kind === undefined) return null;
  return fair(kind === 'freed' ? 'freed-memory' : 'uninitialised-memory');
}

/** Linux and macOS tell 0, Windows the highest address, where the CPU refused one that was not canonical. */
function isStandIn({ cpu }: ProcessSnapshot, address: bigint): boolean {
  return cpu === 'amd64' && (address === 0n || address === 0xffff_ffff_ffff_ffffn);
}

function nonCanonical(snapshot: ProcessSnapshot): ProbableCause | null {
  return crashAddressClass(snapshot)?.class === 'non-canonical' ? strong('non-canonical') : null;
}

/** Guard regions are small, and lie beside what they guard (rust-minidump's measure). */
const GUARD_BYTES_MAX = 32n * 1024n;

function guarded(snapshot: ProcessSnapshot, { address }: AccessFault): ProbableCause | null {
  const region = regionAt(snapshot, address);
  if (region === null || mayAny(region) || region.size >= GUARD_BYTES_MAX) return null;
  const isBeside = snapshot.regionInfo.some(
    (other) =>
      mayAny(other) &&
      (other.address + other.size === region.address || other.address === region.address + region.size),
  );
  return isBeside ? strong('guard-page') : null;
}

/** Read but not written may be what is there: so it was a write, whether or not the system says so. */
function readOnly(snapshot: ProcessSnapshot, { address, access }: AccessFault): ProbableCause | null {
  const region = regionAt(snapshot, address);
  if (region === null || !region.readable || region.writable || access === 'read') return null;
  return access === 'write' ? strong('read-only-memory') : fair('read-only-memory');
}

function isAccessible(snapshot: ProcessSnapshot, address: bigint): boolean {
  const region = regionAt(snapshot, address);
  return region === null ? snapshot.memory.regionAt(address) !== null : mayAny(region);
}

function regionAt({ regionInfo }: ProcessSnapshot, address: bigint): RegionInfo | null {
  return regionInfo.find((info) => address >= info.address && address < info.address + info.size) ?? null;
}

const mayAny = ({ readable, writable, executable }: RegionInfo): boolean => readable || writable || executable;

const crashedContext = ({ threads, crashingThread }: ProcessSnapshot) => threads[crashingThread ?? -1]?.context ?? null;
