import { Icon, formatBytes } from '@crashkeep/ui';
import { ActionIcon, Button, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { MemoryMap } from '../api/wire.js';
import { type Draft, type RangeText, rangeOf } from './draft.js';
import classes from './range-fields.module.css';

const RANGES_MAX = 8;

interface RangeFieldsProps {
  readonly ranges: readonly RangeText[];
  readonly onChange: (part: Partial<Draft>) => void;
  readonly map: MemoryMap;
}

/** Addresses as a debugger prints them. */
export function RangeFields({ ranges, onChange, map }: RangeFieldsProps): ReactNode {
  const set = (at: number, part: Partial<RangeText>): void => {
    onChange({ ranges: ranges.map((range, index) => (index === at ? { ...range, ...part } : range)) });
  };
  return (
    <>
      {ranges.map((range, at) => (
        <div key={at} className={classes['range']}>
          <TextInput
            aria-label={`Address of range ${String(at + 1)}`}
            placeholder="7f3a9c1e2000"
            classNames={{ input: 'mono' }}
            spellCheck={false}
            value={range.address}
            onChange={(event) => {
              set(at, { address: event.currentTarget.value });
            }}
          />
          <TextInput
            aria-label={`Bytes of range ${String(at + 1)}`}
            placeholder="bytes, 4096 or 0x1000"
            classNames={{ input: 'mono' }}
            spellCheck={false}
            value={range.length}
            onChange={(event) => {
              set(at, { length: event.currentTarget.value });
            }}
          />
          <span className="hint">{whereIs(range, map)}</span>
          {ranges.length > 1 && (
            <ActionIcon
              aria-label={`Leave out range ${String(at + 1)}`}
              onClick={() => {
                onChange({ ranges: ranges.filter((_, index) => index !== at) });
              }}
            >
              <Icon name="x" />
            </ActionIcon>
          )}
        </div>
      ))}
      {ranges.length < RANGES_MAX && (
        <div>
          <Button
            variant="subtle"
            size="xs"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => {
              onChange({ ranges: [...ranges, { address: '', length: '' }] });
            }}
          >
            Another range
          </Button>
        </div>
      )}
    </>
  );
}

/** Whether the dump holds it, before anyone is asked. */
function whereIs(text: RangeText, map: MemoryMap): string {
  const range = rangeOf(text);
  if (range === null) return text.address === '' ? '' : 'an address and a length';
  const start = BigInt(range.address);
  const region = map.regions.find(
    ({ address, size }) => BigInt(address) <= start && start < BigInt(address) + BigInt(size),
  );
  if (region === undefined) return 'not in this dump';
  const left = Number(BigInt(region.address) + BigInt(region.size) - start);
  return range.length <= left ? formatBytes(range.length) : `only ${formatBytes(left)} from there`;
}
