import { Icon } from '@crashkeep/ui';
import { CloseButton, Combobox, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { completeQuery } from '../api/search-queries.js';
import { useKeys } from '../app/use-keys.js';
import { QueryFault } from './query-fault.js';
import classes from './query-field.module.css';
import { readSearch } from './search-terms.js';

const TYPING_MS = 120;

interface QueryFieldProps {
  readonly project: string;
  readonly q: string;
  readonly onSearch: (q: string) => void;
}

/** The search: completed while it is typed, searched at Enter. A fault is shown where it is. */
export function QueryField({ project, q, onSearch }: QueryFieldProps): ReactNode {
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useTyped(q);
  const [caret, setCaret] = useState(q.length);
  const [asked] = useDebouncedValue({ typed, caret }, TYPING_MS);
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
    },
  });
  const { data } = useQuery({ ...completeQuery(project, asked.typed, asked.caret), enabled: combobox.dropdownOpened });
  const read = readSearch(typed);
  useKeys([
    [
      '/',
      (event) => {
        event.preventDefault();
        field.current?.focus();
      },
    ],
  ]);
  const search = (text: string): void => {
    combobox.closeDropdown();
    if (!('fault' in readSearch(text))) onSearch(text);
  };
  const take = (choice: string): void => {
    const { from, to } = data ?? { from: typed.length, to: typed.length };
    const text = typed.slice(0, from) + choice + typed.slice(to);
    setTyped(text);
    setCaret(from + choice.length);
    // A field's name ends with a colon: its value comes next.
    if (choice.endsWith(':'))
      requestAnimationFrame(() => {
        field.current?.focus();
      });
    else search(text);
  };
  return (
    <div className={classes['box']} role="search">
      <Combobox store={combobox} onOptionSubmit={take} position="bottom-start" width={420} withinPortal={false}>
        <Combobox.Target>
          <TextInput
            ref={field}
            aria-label="Search"
            placeholder="Type part of a function, or a field such as version:"
            spellCheck={false}
            autoComplete="off"
            leftSection={<Icon name="search" />}
            rightSection={
              typed === '' ? (
                <kbd className="only-wide">/</kbd>
              ) : (
                <CloseButton
                  size="sm"
                  aria-label="Remove the search"
                  onClick={() => {
                    setTyped('');
                    search('');
                  }}
                />
              )
            }
            classNames={{ input: classes['input'] ?? '' }}
            value={typed}
            error={'fault' in read && !combobox.dropdownOpened}
            onFocus={() => {
              combobox.openDropdown();
            }}
            onBlur={() => {
              combobox.closeDropdown();
            }}
            onSelect={(event) => {
              setCaret(event.currentTarget.selectionStart ?? typed.length);
            }}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setCaret(event.currentTarget.selectionStart ?? event.currentTarget.value.length);
              combobox.openDropdown();
              combobox.resetSelectedOption();
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && combobox.getSelectedOptionIndex() < 0) search(typed);
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown
          hidden={data === undefined || data.choices.length === 0}
          className={classes['choices'] ?? ''}
        >
          <Combobox.Options mah={320} className={classes['scroll'] ?? ''}>
            {data?.choices.map(({ text, about, count }) => (
              <Combobox.Option key={text} value={text} className={classes['choice'] ?? ''}>
                <span className="mono">{text}</span>
                <span className="muted t12">{about ?? (count === null ? '' : count.toLocaleString('en-GB'))}</span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {'fault' in read && <QueryFault text={typed} fault={read.fault} />}
    </div>
  );
}

/** What stands in the field: what is typed, until the address changes elsewhere, by a link or by going back. */
function useTyped(q: string): readonly [string, (text: string) => void] {
  const [typed, setTyped] = useState(q);
  const [written, setWritten] = useState(q);
  if (q !== written) {
    setWritten(q);
    if (q !== typed.trim()) setTyped(q);
  }
  return [typed, setTyped];
}
