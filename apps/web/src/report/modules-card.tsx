import type { LenientModule, LenientReport } from '@crashkeep/report';
import { Badge, Card, CardBody, CodeBlock, type Column, CopyButton, DataTable, formatCounted } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { symbolsCommand } from '../send/snippets.js';
import { usePlaces } from '../shell/use-places.js';
import { type ModuleRow, missingSymbols, moduleRows } from './module-rows.js';
import { shortId, versionOrNull } from './words.js';

const COLUMNS: readonly Column<ModuleRow>[] = [
  {
    id: 'name',
    header: 'Module',
    cell: ({ module, onCrashingStack }) => (
      <span className={`mono ${onCrashingStack ? 'medium' : ''}`}>{module.name ?? 'name withheld'}</span>
    ),
  },
  {
    id: 'version',
    header: 'Version',
    numeric: true,
    cell: ({ module }) => <span className="soft">{versionOrNull(module.version) ?? '–'}</span>,
  },
  { id: 'debug-id', header: 'Debug id', cell: ({ module }) => <DebugId module={module} /> },
  { id: 'symbols', header: 'Symbols', cell: (row) => <SymbolState row={row} /> },
  { id: 'stack', header: 'Stack', cell: (row) => <span className="soft">{stackWord(row)}</span> },
];

/** Modules on a stack first; the rest on request. Below, the one whose symbols would help most. */
export function ModulesCard({ report }: { readonly report: LenientReport }): ReactNode {
  const [all, setAll] = useState(false);
  const rows = moduleRows(report);
  const shown = all ? rows : rows.filter(({ onAnyStack }) => onAnyStack);
  const missing = missingSymbols(report);
  return (
    <Card
      id="modules"
      title="Modules"
      note={
        shown.length === rows.length
          ? formatCounted(rows.length, 'module')
          : `${String(shown.length)} of ${String(rows.length)}: on a stack`
      }
      end={
        shown.length < rows.length || all ? (
          <Button
            size="xs"
            onClick={() => {
              setAll(!all);
            }}
          >
            {all ? 'Only those on a stack' : `Show all ${String(rows.length)}`}
          </Button>
        ) : undefined
      }
    >
      {rows.length === 0 ? (
        <CardBody>
          <p className="t13 soft">The dump lists no modules.</p>
        </CardBody>
      ) : (
        <DataTable caption="Modules of the process" columns={COLUMNS} rows={shown} rowKey={keyOf} />
      )}
      {missing !== null && <Missing module={missing} />}
    </Card>
  );
}

function keyOf({ module }: ModuleRow): string {
  return `${module.name ?? ''} ${module.debug_id ?? ''} ${module.code_id ?? ''}`;
}

function DebugId({ module: { debug_id: id } }: { readonly module: LenientModule }): ReactNode {
  if (id === null) return <span className="muted">none</span>;
  return (
    <span className="row nowrap">
      <span className="mono soft t12" title={id}>
        {shortId(id)}
      </span>
      <CopyButton text={id} label="Copy the debug id" iconOnly />
    </span>
  );
}

function SymbolState({ row: { module, onAnyStack } }: { readonly row: ModuleRow }): ReactNode {
  if (module.symbols_loaded) return <Badge tone="ok">Loaded</Badge>;
  return onAnyStack ? <Badge tone="danger">Missing</Badge> : <Badge tone="plain">Not needed</Badge>;
}

function stackWord({ onCrashingStack, onAnyStack }: ModuleRow): string {
  if (onCrashingStack) return 'On the crashing stack';
  return onAnyStack ? 'On another stack' : '–';
}

function Missing({ module }: { readonly module: LenientModule }): ReactNode {
  const { ingest } = usePlaces();
  return (
    <CardBody above>
      <p className="t13 soft" style={{ marginBottom: 8 }}>
        Name the frames of <b className="medium">{module.name}</b>: upload its symbols. Old reports are named too, and
        no dump is opened again.
      </p>
      <CodeBlock label="Command that uploads the symbols" text={symbolsCommand(ingest, module.name ?? 'my-app')} />
    </CardBody>
  );
}
