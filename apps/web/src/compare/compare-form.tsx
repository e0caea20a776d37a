import { Icon } from '@crashkeep/ui';
import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import classes from './compare.module.css';
import { idOf } from './compare-search.js';

interface CompareFormProps {
  readonly left: string | undefined;
  readonly right: string | undefined;
}

/** Takes two ids, or the addresses of two report pages, and puts them into the address. */
export function CompareForm({ left, right }: CompareFormProps): ReactNode {
  const navigate = useNavigate();
  const [ids, setIds] = useState({ left: left ?? '', right: right ?? '' });
  const wanted = { left: idOf(ids.left), right: idOf(ids.right) };
  const show = (a: string | undefined, b: string | undefined): void => {
    if (a !== undefined && b !== undefined) void navigate({ to: '/compare', search: { left: a, right: b } });
  };
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        show(wanted.left, wanted.right);
      }}
    >
      {(['left', 'right'] as const).map((side) => (
        <TextInput
          key={side}
          className={classes['id'] ?? ''}
          label={side === 'left' ? 'One report' : 'The other'}
          placeholder="Its id, or the address of its page"
          value={ids[side]}
          error={ids[side].trim() !== '' && wanted[side] === undefined ? 'This is not an id of a report' : undefined}
          onChange={(event) => {
            setIds({ ...ids, [side]: event.currentTarget.value });
          }}
        />
      ))}
      <Button type="submit" variant="primary" disabled={wanted.left === undefined || wanted.right === undefined}>
        Compare
      </Button>
      <Button
        leftSection={<Icon name="refresh" />}
        disabled={wanted.left === undefined || wanted.right === undefined}
        onClick={() => {
          show(wanted.right, wanted.left);
        }}
      >
        Swap
      </Button>
    </form>
  );
}
