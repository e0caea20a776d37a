import { Card, CardBody, Icon, KeyValues } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

import type { ViewedGrant as Grant } from './viewed-grant.js';
import type { GrantedMemory } from './granted-memory.js';
import { MASK_WORDS } from './masks.js';
import { rowOf } from './pages.js';
import { typedValues } from './typed-values.js';

interface InspectorProps {
  readonly cursor: bigint;
  readonly memory: GrantedMemory;
  readonly grant: Grant;
  readonly onFollow: (address: bigint) => void;
}

/** The bytes at the cursor as what they may be. */
export function Inspector({ cursor, memory, grant, onFollow }: InspectorProps): ReactNode {
  const bytes = memory.bytesAt(cursor, 64);
  const mask = memory.maskAt(cursor);
  const values = typedValues(bytes);
  const pointer = values.find(([name]) => name === 'pointer')?.[1];
  const leadsInside = pointer !== undefined && rowOf(grant.ranges, BigInt(pointer)) !== null;
  return (
    <Card title="At the cursor" end={<span className="mono t12 muted">{cursor.toString(16)}</span>}>
      <CardBody>
        {values.length === 0 ? (
          <p className="hint">{mask === null ? 'Not read yet.' : `This byte is ${MASK_WORDS[mask]}.`}</p>
        ) : (
          <div className="stack g3">
            <KeyValues
              small
              rows={values.map(([name, value]) => [
                name,
                <span key={name} className="mono t12">
                  {value}
                </span>,
              ])}
            />
            <Button
              size="xs"
              disabled={!leadsInside}
              leftSection={<Icon name="arrow-right" size={14} />}
              onClick={() => {
                if (pointer !== undefined) onFollow(BigInt(pointer));
              }}
            >
              {leadsInside ? 'Follow' : 'Leads outside your grant'}
            </Button>
          </div>
        )}
      </CardBody>
    </Card>
  );
}
