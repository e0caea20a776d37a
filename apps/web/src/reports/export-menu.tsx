import { Icon } from '@crashkeep/ui';
import { Button, Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Asked, exportAddress } from '../api/search-queries.js';

/** The reports that fit, as a file: safe to hand on, as a report is. */
export function ExportMenu({ asked }: { readonly asked: Asked }): ReactNode {
  return (
    <Menu>
      <Menu.Target>
        <Button leftSection={<Icon name="arrow-down" />}>Export</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Safe to hand on: nothing sealed is in it</Menu.Label>
        <Menu.Item component="a" href={exportAddress(asked, 'csv')} download="reports.csv">
          As CSV
        </Menu.Item>
        <Menu.Item component="a" href={exportAddress(asked, 'json')} download="reports.json">
          As JSON
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
