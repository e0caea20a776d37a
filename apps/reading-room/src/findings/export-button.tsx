import { Icon } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Exposure } from '../api/wire.js';

/** What this page shows, as JSON: people, grants, places and leaves; no value of the secret, which is stored nowhere. */
export function ExportButton({ exposure }: { readonly exposure: Exposure }): ReactNode {
  const save = (): void => {
    const address = URL.createObjectURL(new Blob([JSON.stringify(exposure, null, 2)], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `exposure-${exposure.findings[0]?.id ?? 'unknown'}.json`;
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <Button variant="primary" leftSection={<Icon name="arrow-down" />} onClick={save}>
      Export exposure
    </Button>
  );
}
