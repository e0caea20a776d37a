import { formatBytes } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { AddressRange, MemoryMap as Map } from '../api/wire.js';
import classes from './memory-map.module.css';
import { type StripKind, memoryStrip } from './memory-strip.js';

interface MemoryMapProps {
  readonly map: Map;
  readonly open: readonly AddressRange[];
  readonly read?: readonly AddressRange[];
  /** `Would open` before, `In your grant` after. */
  readonly openWord: string;
}

/** Where that lies in the process's memory. Address order, not to scale. */
export function MemoryMap({ map, open, read = [], openWord }: MemoryMapProps): ReactNode {
  const parts = memoryStrip(map, open, read);
  const bytesOf = (kind: StripKind): number =>
    parts.filter((part) => part.kind === kind).reduce((sum, { bytes }) => sum + bytes, 0);
  const opened = bytesOf('open') + bytesOf('read');
  return (
    <div className="stack g2">
      <div
        className={classes['map']}
        role="img"
        aria-label={`${formatBytes(opened)} of ${formatBytes(map.memory_bytes)} of memory open`}
      >
        {parts.map(({ key, kind, weight, bytes, label }) => (
          <span
            key={key}
            data-kind={kind}
            style={{ flexGrow: weight }}
            title={`${label ?? 'memory'}, ${formatBytes(bytes)}`}
          >
            {label !== null && <b>{label}</b>}
          </span>
        ))}
      </div>
      <ul className={classes['legend']}>
        <Key kind="open">
          {openWord}, {formatBytes(opened)}
        </Key>
        {read.length > 0 && <Key kind="read">Read, {formatBytes(bytesOf('read'))}</Key>}
        {bytesOf('stack') > 0 && <Key kind="stack">Other stacks, {formatBytes(bytesOf('stack'))}</Key>}
        <Key kind="sealed">Stays sealed, {formatBytes(bytesOf('sealed') + bytesOf('stack'))}</Key>
      </ul>
    </div>
  );
}

function Key({ kind, children }: { readonly kind: StripKind; readonly children: ReactNode }): ReactNode {
  return (
    <li>
      <i data-kind={kind} aria-hidden="true" />
      <span>{children}</span>
    </li>
  );
}
