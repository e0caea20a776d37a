import { queryText } from '@crashkeep/ui';
import { useEffect, useEffectEvent } from 'react';
import type { DumpEvent } from './wire.js';

/** Calls back for each change of a dump's state in a project while the component stands. The browser reconnects by itself. */
export function useDumpEvents(project: string, onEvent: (event: DumpEvent) => void): void {
  const heard = useEffectEvent(onEvent);
  useEffect(() => {
    const source = new EventSource(`/api/v1/events${queryText({ project })}`);
    const listen = (message: MessageEvent<string>): void => {
      const event = readEvent(message.data);
      if (event !== null) heard(event);
    };
    source.addEventListener('dump', listen);
    source.addEventListener('message', listen);
    return () => {
      source.close();
    };
  }, [project]);
}

function readEvent(data: string): DumpEvent | null {
  try {
    const { id, state } = JSON.parse(data) as { id?: unknown; state?: unknown };
    return typeof id === 'string' && typeof state === 'string' ? { id, state: state as DumpEvent['state'] } : null;
  } catch {
    return null;
  }
}
