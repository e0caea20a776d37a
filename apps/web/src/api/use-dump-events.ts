import { queryText } from '@crashkeep/ui';
import { useDocumentVisibility } from '@mantine/hooks';
import { useEffect, useEffectEvent } from 'react';
import type { DumpEvent } from './wire.js';

/**
 * Calls back for each change of a dump's state in a project while the component stands; null listens to nothing. The browser
 * reconnects by itself. A hidden tab does not listen: over HTTP/1.1 a browser opens six connections to a server, for all tabs.
 */
export function useDumpEvents(project: string | null, onEvent: (event: DumpEvent) => void): void {
  const heard = useEffectEvent(onEvent);
  const visible = useDocumentVisibility() === 'visible';
  useEffect(() => {
    if (project === null || !visible) return undefined;
    const source = new EventSource(`/api/v1/events${queryText({ project })}`);
    source.addEventListener('dump', (message: MessageEvent<string>) => {
      const event = readEvent(message.data);
      if (event !== null) heard(event);
    });
    return () => {
      source.close();
    };
  }, [project, visible]);
}

function readEvent(data: string): DumpEvent | null {
  try {
    const { id, state } = JSON.parse(data) as { id?: unknown; state?: unknown };
    return typeof id === 'string' && typeof state === 'string' ? { id, state: state as DumpEvent['state'] } : null;
  } catch {
    return null;
  }
}
