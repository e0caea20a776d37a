import { Icon } from '@crashkeep/ui';
import { CloseButton, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import { useKeys } from '../app/use-keys.js';
import { GROUP_SORTS, type GroupSort, groupsSearch } from './groups-search.js';
import classes from './groups-toolbar.module.css';

const TYPING_MS = 250;

const SORT_WORDS: Readonly<Record<GroupSort, string>> = {
  count: 'Most reports',
  last_seen: 'Seen last',
  first_seen: 'Newest',
};

/** Search and order. Both live in the address: this only writes there. */
export function GroupsToolbar({ q, sort }: { readonly q: string; readonly sort: GroupSort }): ReactNode {
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(q);
  const [written, setWritten] = useState(q);
  // The address was changed elsewhere, by a link or by going back: the field follows it.
  if (q !== written) {
    setWritten(q);
    if (q !== typed.trim()) setTyped(q);
  }
  const show = (words: string, order: GroupSort): void => {
    void navigate({ to: '/', search: groupsSearch(words, order), replace: true });
  };
  const search = useDebouncedCallback((text: string) => {
    show(text, sort);
  }, TYPING_MS);
  useKeys([
    [
      '/',
      (event) => {
        event.preventDefault();
        field.current?.focus();
      },
    ],
  ]);
  const type = (text: string): void => {
    setTyped(text);
    search(text);
  };
  return (
    <div className={classes['bar']} role="search">
      <TextInput
        ref={field}
        className={classes['field'] ?? ''}
        aria-label="Search signatures"
        placeholder="Type part of a function or module name"
        leftSection={<Icon name="search" />}
        rightSection={
          typed === '' ? (
            <kbd className="only-wide">/</kbd>
          ) : (
            <CloseButton
              size="sm"
              aria-label="Remove the search"
              onClick={() => {
                type('');
              }}
            />
          )
        }
        value={typed}
        onChange={(event) => {
          type(event.currentTarget.value);
        }}
      />
      <SegmentedControl
        aria-label="Order"
        value={sort}
        data={GROUP_SORTS.map((value) => ({ value, label: SORT_WORDS[value] }))}
        onChange={(value) => {
          show(typed, GROUP_SORTS.find((known) => known === value) ?? 'count');
        }}
      />
    </div>
  );
}
