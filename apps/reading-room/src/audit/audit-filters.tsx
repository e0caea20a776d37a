import { Button, Select, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { AuditSearch } from '../app/search.js';

const FIELDS = [
  { name: 'act', label: 'Act', placeholder: 'grant.read', type: 'text' },
  { name: 'dump', label: 'Dump', placeholder: 'id or alias', type: 'text' },
  { name: 'grant', label: 'Grant', placeholder: 'id', type: 'text' },
  { name: 'from', label: 'From', placeholder: '', type: 'date' },
  { name: 'to', label: 'Through', placeholder: '', type: 'date' },
] as const;

/** Who, what, on what, when: each a part of the address, so a question can be sent to somebody. */
export function AuditFilters({
  asked,
  people,
  onAsk,
}: {
  readonly asked: AuditSearch;
  readonly people: Readonly<Record<string, string>>;
  readonly onAsk: (asked: AuditSearch) => void;
}): ReactNode {
  const [edited, setEdited] = useState<AuditSearch>(asked);
  const put = (name: keyof AuditSearch, value: string): void => {
    const { [name]: _before, ...rest } = edited;
    setEdited(value === '' ? rest : { ...rest, [name]: value });
  };
  return (
    <form
      className="row wrap"
      style={{ alignItems: 'end' }}
      onSubmit={(event) => {
        event.preventDefault();
        onAsk(edited);
      }}
    >
      <Select
        label="Person"
        placeholder="anybody"
        clearable
        data={Object.entries(people).map(([value, label]) => ({ value, label }))}
        value={edited.person ?? null}
        onChange={(value) => {
          put('person', value ?? '');
        }}
      />
      {FIELDS.map(({ name, label, placeholder, type }) => (
        <TextInput
          key={name}
          label={label}
          placeholder={placeholder}
          type={type}
          value={edited[name] ?? ''}
          onChange={(event) => {
            put(name, event.currentTarget.value.trim());
          }}
        />
      ))}
      <Button type="submit">Show</Button>
      <Button
        onClick={() => {
          setEdited({});
          onAsk({});
        }}
      >
        Show all
      </Button>
    </form>
  );
}
