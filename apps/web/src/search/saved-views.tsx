import { Icon, QueryFailed } from '@crashkeep/ui';
import { Button, Checkbox, Menu, Modal, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { removeView, saveView } from '../api/acts.js';
import { viewsQuery } from '../api/search-queries.js';
import { isEngineer, useMe } from '../session/use-me.js';
import { type ListSearch, listSearch, readListSearch } from './search-state.js';

interface SavedViewsProps {
  readonly project: string;
  readonly page: 'top' | 'search';
  readonly q: string;
  readonly days: number;
  readonly onOpen: (search: Omit<ListSearch, 'project'>) => void;
}

/** Searches under a name, a person's own and the project's. */
export function SavedViews({ project, page, q, days, onOpen }: SavedViewsProps): ReactNode {
  const [saving, { open, close }] = useDisclosure(false);
  const query = useQuery(viewsQuery(project));
  const forget = useForget(project);
  const views = query.data?.filter((view) => view.page === page) ?? [];
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button leftSection={<Icon name="book" />} rightSection={<Icon name="down" size={14} />}>
            Views
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{views.length === 0 ? 'No view is saved yet' : 'Saved views'}</Menu.Label>
          {query.isError && <QueryFailed what="The views" error={query.error} onRetry={() => void query.refetch()} />}
          {views.map(({ id, name, shared, state }) => (
            <Menu.Item
              key={id}
              rightSection={shared ? <span className="t12 muted">shared</span> : undefined}
              onClick={() => {
                onOpen(stateOf(state));
              }}
            >
              {name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<Icon name="plus" />} onClick={open}>
            Save this view
          </Menu.Item>
          {views
            .filter(({ mine, state }) => mine && sameState(state, q, days))
            .map(({ id, name }) => (
              <Menu.Item
                key={id}
                leftSection={<Icon name="x" />}
                onClick={() => {
                  forget.mutate(id);
                }}
              >
                Remove {name}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      <SaveDialog opened={saving} onClose={close} view={{ project, page, state: stateText(q, days) }} />
    </>
  );
}

interface SaveDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly view: { readonly project: string; readonly page: 'top' | 'search'; readonly state: string };
}

function SaveDialog({ opened, onClose, view }: SaveDialogProps): ReactNode {
  const me = useMe();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => saveView({ ...view, name: name.trim(), shared }, me.csrf),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: viewsQuery(view.project).queryKey });
      setName('');
      onClose();
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} title="Save this view">
      <form
        className="stack g3"
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        <TextInput
          label="Name"
          data-autofocus
          maxLength={120}
          value={name}
          error={error === null ? undefined : 'It was not saved. Try another name.'}
          onChange={(event) => {
            setName(event.currentTarget.value);
          }}
        />
        {isEngineer(me, view.project) && (
          <Checkbox
            label="For everybody in the project"
            checked={shared}
            onChange={(event) => {
              setShared(event.currentTarget.checked);
            }}
          />
        )}
        <Button type="submit" variant="primary" loading={isPending} disabled={name.trim() === ''}>
          Save view
        </Button>
      </form>
    </Modal>
  );
}

function useForget(project: string) {
  const { csrf } = useMe();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => removeView(id, csrf),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: viewsQuery(project).queryKey }),
  });
}

const stateText = (q: string, days: number): string => new URLSearchParams({ q, days: String(days) }).toString();

function stateOf(state: string): Omit<ListSearch, 'project'> {
  const { q, days } = readListSearch(Object.fromEntries(new URLSearchParams(state)));
  return { ...(q === undefined ? {} : { q }), ...(days === undefined ? {} : { days }) };
}

function sameState(state: string, q: string, days: number): boolean {
  return JSON.stringify(stateOf(state)) === JSON.stringify(listSearch(q, days));
}
