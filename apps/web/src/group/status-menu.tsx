import { Icon } from '@crashkeep/ui';
import { Button, Menu, Modal, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { changeGroup } from '../api/acts.js';
import type { SignatureFacts } from '../api/wire.js';
import { isEngineer, useMe } from '../session/use-me.js';
import { useGroupAct } from './use-group-act.js';

const WORDS: Readonly<Record<SignatureFacts['status'], string>> = {
  open: 'Open',
  fixed: 'Fixed',
  'wont-fix': 'Will not fix',
};

/** Open, fixed in a version, or not to be fixed. A fixed one that comes back is opened again by the vault. */
export function StatusMenu({ group }: { readonly group: SignatureFacts }): ReactNode {
  const [asking, { open, close }] = useDisclosure(false);
  const { mutate, isPending } = useGroupAct(group.id, (change: Parameters<typeof changeGroup>[1], csrf) =>
    changeGroup(group.id, change, csrf),
  );
  if (!isEngineer(useMe(), group.project)) return null;
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button loading={isPending} rightSection={<Icon name="down" size={14} />}>
            {WORDS[group.status]}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            onClick={() => {
              mutate({ status: 'open' });
            }}
          >
            Open
          </Menu.Item>
          <Menu.Item onClick={open}>Fixed…</Menu.Item>
          <Menu.Item
            onClick={() => {
              mutate({ status: 'wont-fix' });
            }}
          >
            Will not fix
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <FixedDialog
        opened={asking}
        onClose={close}
        onFixed={(version) => {
          mutate({ status: 'fixed', fixed_in: version });
          close();
        }}
      />
    </>
  );
}

interface FixedDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onFixed: (version: string | null) => void;
}

function FixedDialog({ opened, onClose, onFixed }: FixedDialogProps): ReactNode {
  const [version, setVersion] = useState('');
  return (
    <Modal opened={opened} onClose={onClose} title="Mark as fixed">
      <form
        className="stack g3"
        onSubmit={(event) => {
          event.preventDefault();
          onFixed(version.trim() === '' ? null : version.trim());
        }}
      >
        <TextInput
          label="Version with the fix"
          description="That version or a later one crashing so opens it again. Leave it empty: any later crash does."
          placeholder="4.18.3"
          data-autofocus
          maxLength={64}
          value={version}
          onChange={(event) => {
            setVersion(event.currentTarget.value);
          }}
        />
        <Button type="submit" variant="primary">
          Mark as fixed
        </Button>
      </form>
    </Modal>
  );
}
