import { useSyncExternalStore } from 'react';

/** One clock for all who show an age: a list of two hundred rows has one timer. */
function everyTick(period: number): { subscribe: (listener: () => void) => () => void; read: () => number } {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | null = null;
  const tick = (): void => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      now = Date.now();
      timer ??= setInterval(tick, period);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0 || timer === null) return;
        clearInterval(timer);
        timer = null;
      };
    },
    read: () => now,
  };
}

const minutes = everyTick(20_000);
const seconds = everyTick(1000);

/** The time now, as of at most twenty seconds ago. */
export function useNow(): number {
  return useSyncExternalStore(minutes.subscribe, minutes.read);
}

/** The time now, each second: for what counts while one looks. */
export function useSecond(): number {
  return useSyncExternalStore(seconds.subscribe, seconds.read);
}
