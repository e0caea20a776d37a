export interface WorkerLimits {
  /** Dumps that are walked at once. */
  readonly walks: number;
  readonly conversions: number;
  /** Dumps that are screened at once. */
  readonly screens: number;
  /** What screening one dump and what came with it may take, all in all: no other waits longer for it. */
  readonly screenMs: number;
  readonly isolation: 'project' | 'dump';
  /** After these many attempts a dump is parked as failed. */
  readonly attempts: number;
  readonly sweepMs: number;
  /** A lease that was not renewed for this long is another worker's to take. */
  readonly leaseMs: number;
  /** Before the second attempt; each further one waits twice as long. */
  readonly retryMs: number;
  /** How long a walk waits for symbols of its project that are being converted, counted from the dump's arrival. */
  readonly symbolWaitMs: number;
  readonly formBytes: number;
}

export const DEFAULT_LIMITS: WorkerLimits = {
  walks: 2,
  conversions: 1,
  screens: 1,
  screenMs: 300_000,
  isolation: 'project',
  attempts: 5,
  sweepMs: 3_000,
  leaseMs: 30_000,
  retryMs: 5_000,
  symbolWaitMs: 60_000,
  formBytes: 256 * 1024 * 1024,
};

const RETRY_MS_MAX = 10 * 60_000;

/** Milliseconds until a dump that has had these many attempts is tried again. */
export function retryDelay({ retryMs }: WorkerLimits, attempts: number): number {
  return Math.min(retryMs * 2 ** (attempts - 1), RETRY_MS_MAX);
}

type IntegerSetting = (
  name: string,
  bounds: { readonly default: number; readonly min: number; readonly max: number },
) => number;
type TextSetting = (name: string, options: { readonly default: string }) => string;

/** CRASHKEEP_WORKER_WALKS, _CONVERSIONS, _SCREENS, _SCREEN_MS, _ATTEMPTS, _SWEEP_MS, _LEASE_MS, _RETRY_MS, _SYMBOL_WAIT_MS, _ISOLATION (project or dump). */
export function limitsFromSettings(integer: IntegerSetting, text: TextSetting): WorkerLimits {
  const number = (name: string, standard: number, min: number, max: number): number =>
    integer(`CRASHKEEP_WORKER_${name}`, { default: standard, min, max });
  const isolation = text('CRASHKEEP_WORKER_ISOLATION', { default: DEFAULT_LIMITS.isolation });
  if (isolation !== 'project' && isolation !== 'dump') {
    throw new Error('CRASHKEEP_WORKER_ISOLATION must be project or dump.');
  }
  return {
    walks: number('WALKS', DEFAULT_LIMITS.walks, 1, 256),
    conversions: number('CONVERSIONS', DEFAULT_LIMITS.conversions, 1, 64),
    screens: number('SCREENS', DEFAULT_LIMITS.screens, 1, 64),
    screenMs: number('SCREEN_MS', DEFAULT_LIMITS.screenMs, 1_000, 86_400_000),
    isolation,
    attempts: number('ATTEMPTS', DEFAULT_LIMITS.attempts, 1, 100),
    sweepMs: number('SWEEP_MS', DEFAULT_LIMITS.sweepMs, 100, 600_000),
    leaseMs: number('LEASE_MS', DEFAULT_LIMITS.leaseMs, 1_000, 3_600_000),
    retryMs: number('RETRY_MS', DEFAULT_LIMITS.retryMs, 0, 3_600_000),
    symbolWaitMs: number('SYMBOL_WAIT_MS', DEFAULT_LIMITS.symbolWaitMs, 0, 3_600_000),
    formBytes: DEFAULT_LIMITS.formBytes,
  };
}
