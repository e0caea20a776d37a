import { Icon } from '@crashkeep/ui';
import { Button, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './list-layout.module.css';

interface ListLayoutProps {
  /** The facets: at the left, in a drawer where narrow. */
  readonly rail: ReactNode;
  readonly children: ReactNode;
}

export function ListLayout({ rail, children }: ListLayoutProps): ReactNode {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <div className={classes['layout']}>
      <aside className={classes['rail']} aria-label="Narrow the list">
        {rail}
      </aside>
      <div className={classes['narrow']}>
        <Button leftSection={<Icon name="list" />} onClick={open}>
          Narrow the list
        </Button>
        <Drawer.Root opened={opened} onClose={close} size={320} lockScroll={false} position="right">
          <Drawer.Overlay className="ck-overlay" />
          <Drawer.Content className={classes['drawer']} aria-label="Narrow the list">
            <div className={classes['drawerTop']}>
              <b>Narrow the list</b>
              <Drawer.CloseButton aria-label="Close" />
            </div>
            {rail}
          </Drawer.Content>
        </Drawer.Root>
      </div>
      <div className={classes['main']}>{children}</div>
    </div>
  );
}
