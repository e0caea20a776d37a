import { crashAddressClass } from './crash-address-class.js';
import type { ProcessSnapshot } from './process-snapshot.js';

/** The processor refused an access to memory. */
export interface AccessFault {
  readonly address: bigint;
  /** Null where the system does not say: only Windows does. */
  readonly access: 'read' | 'write' | 'execute' | null;
  /** The instruction itself could not be fetched. */
  readonly isFetch: boolean;
}

const REFUSED = /^(SIGSEGV|SIGBUS|EXCEPTION_ACCESS_VIOLATION|EXCEPTION_GUARD_PAGE|EXC_BAD_ACCESS)/;

/** Null for a crash of another kind, and for a signal that somebody sent. */
export function accessFault(snapshot: ProcessSnapshot): AccessFault | null {
  const { crashReason, crashAddress: address, threads, crashingThread } = snapshot;
  if (address === null || !REFUSED.test(crashReason ?? '') || crashAddressClass(snapshot) === null) return null;
  const access = /_(READ|WRITE|EXEC)$/.exec(crashReason ?? '')?.[1];
  const isFetch = access === 'EXEC' || threads[crashingThread ?? -1]?.context?.instructionPointer === address;
  return { address, access: access === undefined ? null : NAMES[access as keyof typeof NAMES], isFetch };
}

const NAMES = { READ: 'read', WRITE: 'write', EXEC: 'execute' } as const;
