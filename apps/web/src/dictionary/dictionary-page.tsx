import { FIELD_DICTIONARY, type FieldRow } from '@crashkeep/report';
import {
  Badge,
  Breakable,
  Card,
  type Column,
  DataTable,
  EmptyState,
  Icon,
  Note,
  PageHeader,
  formatCounted,
} from '@crashkeep/ui';
import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { WITHHELD_WORDS } from '../report/withheld-words.js';
import { SOURCE_WORDS, fieldSections } from './field-sections.js';

const COLUMNS: readonly Column<FieldRow>[] = [
  {
    id: 'field',
    header: 'Field',
    width: '26%',
    cell: ({ path, type }) => (
      <>
        <span className="mono t12 medium">
          <Breakable text={lastPart(path)} />
        </span>
        <br />
        <span className="t12 muted">{type}</span>
      </>
    ),
  },
  { id: 'source', header: 'Comes from', width: '14%', cell: ({ source }) => <Source source={source} /> },
  { id: 'bounds', header: 'May be', width: '28%', cell: ({ bounds }) => <span className="soft">{bounds}</span> },
  { id: 'safe', header: 'Why you may see it', cell: ({ safe }) => safe },
];

type HiddenRow = readonly [kind: string, words: (typeof WITHHELD_WORDS)[keyof typeof WITHHELD_WORDS]];

const HIDDEN: readonly HiddenRow[] = Object.entries(WITHHELD_WORDS);

const HIDDEN_COLUMNS: readonly Column<HiddenRow>[] = [
  {
    id: 'what',
    header: 'What',
    width: '32%',
    cell: ([, { icon, what }]) => (
      <span className="row">
        <Icon name={icon} />
        <span className="medium">{what}</span>
      </span>
    ),
  },
  { id: 'why', header: 'Why it stays sealed', cell: ([, { why }]) => <span className="soft">{why}</span> },
];

/** Every field that a report can have, from the report's own schema, and what no report has. */
export function DictionaryPage(): ReactNode {
  const [words, setWords] = useState('');
  const sections = fieldSections(FIELD_DICTIONARY, words);
  return (
    <>
      <title>Data dictionary · Crashkeep</title>
      <PageHeader
        title="Data dictionary"
        sub={`Every field that a report can have: ${formatCounted(FIELD_DICTIONARY.length, 'field')}. A field that is not here cannot appear.`}
      />
      <TextInput
        aria-label="Find a field"
        placeholder="Find a field"
        leftSection={<Icon name="search" />}
        value={words}
        maw={360}
        onChange={(event) => {
          setWords(event.currentTarget.value);
        }}
      />
      {sections.length === 0 && (
        <Card label="Fields">
          <EmptyState title="No field says that">Remove a word: names, bounds and reasons are searched.</EmptyState>
        </Card>
      )}
      {sections.map(({ title, rows }) => (
        <Card key={title} title={title} note={formatCounted(rows.length, 'field')}>
          <DataTable caption={`Fields: ${title}`} columns={COLUMNS} rows={rows} rowKey={({ path }) => path} />
        </Card>
      ))}
      <Card sealed title="What no report shows" note="counted, never shown">
        <DataTable caption="What is withheld" columns={HIDDEN_COLUMNS} rows={HIDDEN} rowKey={([kind]) => kind} fits />
      </Card>
      <Note>
        The table is made from the schema that the vault itself checks each report against, so it cannot be out of date.
      </Note>
    </>
  );
}

function Source({ source }: Pick<FieldRow, 'source'>): ReactNode {
  return <Badge tone={source === 'dump' ? 'warn' : 'plain'}>{SOURCE_WORDS[source]}</Badge>;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('].') + (path.includes('].') ? 2 : 1));
}
