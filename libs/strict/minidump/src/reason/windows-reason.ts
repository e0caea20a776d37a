import { type ExceptionRecord, hexCode } from '@crashkeep/snapshot';
import { EXCEPTIONS, FAST_FAILS, NT_STATUSES, SPOKEN_EXCEPTIONS, WIN_ERRORS } from './windows-codes.js';

const ACCESS_VIOLATION = 0xc000_0005;
const IN_PAGE_ERROR = 0xc000_0006;
const STACK_BUFFER_OVERRUN = 0xc000_0409;
const FACILITY_VISUALCPP = 109;

/** What an access violation was about: its first parameter. */
const ACCESSES: Readonly<Record<string, string>> = { '0': 'READ', '1': 'WRITE', '8': 'EXEC' };

/** An exception of Windows in rust-minidump's words: a name of its own, a Win32 error, an NTSTATUS, a facility, or hex. */
export function windowsReason({ code, parameters }: ExceptionRecord): string {
  const first = parameters[0];
  const access = first === undefined ? undefined : ACCESSES[String(first)];
  if (code === ACCESS_VIOLATION && access !== undefined) return `EXCEPTION_ACCESS_VIOLATION_${access}`;
  if (code === IN_PAGE_ERROR && access !== undefined && parameters[2] !== undefined) {
    return `EXCEPTION_IN_PAGE_ERROR_${access} / ${nameOr32Bits(NT_STATUSES, parameters[2])}`;
  }
  if (code === STACK_BUFFER_OVERRUN && first !== undefined) {
    return `EXCEPTION_STACK_BUFFER_OVERRUN / ${nameOr32Bits(FAST_FAILS, first)}`;
  }
  return SPOKEN_EXCEPTIONS[code] ?? EXCEPTIONS.name(code) ?? errorName(code);
}

/** The address that the exception is about: of bad accesses the one they went to, else the instruction's. */
export function windowsAddress({ code, address, parameters }: ExceptionRecord): bigint {
  const isAccess = code === ACCESS_VIOLATION || code === IN_PAGE_ERROR;
  return isAccess ? (parameters[1] ?? address) : address;
}

function errorName(code: number): string {
  return WIN_ERRORS.name(code) ?? NT_STATUSES.name(code) ?? facilityName(code) ?? `unknown ${hexCode(code)}`;
}

/** A Win32 error that another facility raised: 0xc06d007e is Visual C++'s delay loader, which did not find a module. */
function facilityName(code: number): string | null {
  if (code >>> 28 === 0 || ((code >>> 16) & 0xfff) !== FACILITY_VISUALCPP) return null;
  const error = WIN_ERRORS.name(code & 0xffff);
  return error === null ? null : `FACILITY_VISUALCPP / ${error}`;
}

function nameOr32Bits(table: typeof NT_STATUSES, parameter: bigint): string {
  const code = Number(BigInt.asUintN(32, parameter));
  return table.name(code) ?? hexCode(code);
}
