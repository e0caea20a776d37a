import { ButtonLink, Icon, formatCount } from '@crashkeep/ui';
import { ActionIcon } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PlaceInGroup } from '../api/wire.js';
import { useKeys } from '../app/use-keys.js';

/** To the report before and the one after in the same signature; `[` and `]` do the same. */
export function GroupSteps({ group }: { readonly group: PlaceInGroup }): ReactNode {
  const navigate = useNavigate();
  const open = (reportId: string | null): void => {
    if (reportId !== null) void navigate({ to: '/reports/$reportId', params: { reportId } });
  };
  useKeys([
    [
      '[',
      () => {
        open(group.next);
      },
    ],
    [
      ']',
      () => {
        open(group.previous);
      },
    ],
  ]);
  return (
    <span className="ck-group">
      <Step icon="left" label="Newer report in this signature" to={group.next} onOpen={open} />
      <ButtonLink to="/groups/$groupId" params={{ groupId: group.id }} fw={400}>
        One of {formatCount(group.count)}
      </ButtonLink>
      <Step icon="right" label="Older report in this signature" to={group.previous} onOpen={open} />
    </span>
  );
}

interface StepProps {
  readonly icon: 'left' | 'right';
  readonly label: string;
  readonly to: string | null;
  readonly onOpen: (reportId: string | null) => void;
}

function Step({ icon, label, to, onOpen }: StepProps): ReactNode {
  return (
    <ActionIcon
      variant="default"
      aria-label={label}
      title={label}
      disabled={to === null}
      onClick={() => {
        onOpen(to);
      }}
    >
      <Icon name={icon} />
    </ActionIcon>
  );
}
