import { Icon } from '@crashkeep/ui';
import { NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import type { DumpContext } from '../api/wire.js';
import type { ViewedGrant as Grant } from './viewed-grant.js';
import classes from './go-to.module.css';
import { rowOf } from './pages.js';

interface GoToProps {
  readonly grant: Grant;
  readonly context: DumpContext | null;
  readonly onGo: (address: bigint) => void;
}

/** To an address, or to the beginning of a range. */
export function GoTo({ grant, context, onGo }: GoToProps): ReactNode {
  const [text, setText] = useState('');
  const address = addressOf(text);
  const granted = address !== null && rowOf(grant.ranges, address) !== null;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (address !== null && granted) onGo(address);
  };
  return (
    <form className={classes['bar']} onSubmit={submit}>
      <TextInput
        aria-label="Go to address"
        placeholder="Go to address"
        classNames={{ input: `mono ${classes['withIcon'] ?? ''}` }}
        leftSection={<Icon name="target" size={14} />}
        spellCheck={false}
        error={text !== '' && !granted ? 'Not in your grant' : undefined}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
      />
      <NativeSelect
        aria-label="Go to range"
        classNames={{ input: classes['choice'] ?? '' }}
        data={grant.ranges.map(({ address: start }, at) => ({ value: start, label: nameOf(start, at, context) }))}
        onChange={(event) => {
          onGo(BigInt(event.currentTarget.value));
        }}
      />
    </form>
  );
}

function addressOf(text: string): bigint | null {
  const digits = /^(?:0x)?([0-9a-f]{1,16})$/i.exec(text.trim())?.[1];
  return digits === undefined ? null : BigInt(`0x${digits}`);
}

function nameOf(address: string, at: number, context: DumpContext | null): string {
  const start = BigInt(address);
  const thread = context?.map?.threads.find(
    ({ stack }) =>
      stack !== null && BigInt(stack.address) <= start && start < BigInt(stack.address) + BigInt(stack.size),
  );
  return thread === undefined ? `Range ${String(at + 1)}` : `Stack of thread ${String(thread.index)}`;
}
