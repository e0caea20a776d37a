import type { ReactNode } from 'react';
import type { GrantedMemory } from './granted-memory.js';
import classes from './hex-view.module.css';
import { MASK_WORDS } from './masks.js';
import type { HexRow } from './pages.js';
import { isPrintable } from './typed-values.js';

interface HexLineProps {
  readonly row: HexRow;
  readonly top: number;
  readonly cursor: bigint;
  readonly memory: GrantedMemory;
  readonly mayRead: boolean;
  readonly onCursor: (address: bigint) => void;
}

export function HexLine({ row, top, cursor, memory, mayRead, onCursor }: HexLineProps): ReactNode {
  const addresses = Array.from({ length: row.length }, (_, at) => row.address + BigInt(at));
  const unread = memory.byteAt(row.address) === null;
  return (
    <div
      className={classes['line']}
      role="row"
      data-first={row.first}
      style={{ transform: `translateY(${String(top)}px)` }}
    >
      <span className={classes['address']}>{row.address.toString(16).padStart(12, '0')}</span>
      {unread ? (
        <Unread row={row} memory={memory} mayRead={mayRead} />
      ) : (
        <>
          <span className={classes['bytes']}>
            {addresses.map((address) => (
              <Byte
                key={address.toString()}
                address={address}
                memory={memory}
                current={address === cursor}
                onCursor={onCursor}
              />
            ))}
          </span>
          <span className={classes['text']} aria-hidden="true">
            {addresses
              .map((address) => (memory.maskAt(address) === null ? letterOf(memory.byteAt(address) ?? 0) : '▒'))
              .join('')}
          </span>
        </>
      )}
    </div>
  );
}

interface ByteProps {
  readonly address: bigint;
  readonly memory: GrantedMemory;
  readonly current: boolean;
  readonly onCursor: (address: bigint) => void;
}

function Byte({ address, memory, current, onCursor }: ByteProps): ReactNode {
  const value = memory.byteAt(address) ?? 0;
  const mask = memory.maskAt(address);
  const kind =
    mask !== null ? 'masked' : value === 0 ? 'zero' : value === 0xff ? 'full' : isPrintable(value) ? 'letter' : 'other';
  return (
    <i
      role="gridcell"
      aria-selected={current}
      data-kind={kind}
      data-mask={mask ?? undefined}
      title={mask === null ? undefined : MASK_WORDS[mask]}
      data-current={current}
      onClick={() => {
        onCursor(address);
      }}
    >
      {mask === null ? value.toString(16).padStart(2, '0') : '\u00a0\u00a0'}
    </i>
  );
}

/** Only the first row of a page says it: the rest of the page is closed rows of the same height. */
function Unread({ row, memory, mayRead }: Pick<HexLineProps, 'row' | 'memory' | 'mayRead'>): ReactNode {
  const heads = row.first || row.address === row.page.address;
  return (
    <span className={classes['unread']}>
      {heads && (
        <button
          type="button"
          disabled={!mayRead || memory.reading}
          onClick={() => {
            memory.read(row.address);
          }}
        >
          Read these {row.page.length} bytes
        </button>
      )}
    </span>
  );
}

const letterOf = (byte: number): string => (isPrintable(byte) ? String.fromCharCode(byte) : '·');
