import { Card, CardBody, formatBytes } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { Sighting } from '../api/wire.js';
import classes from './exposure.module.css';

const SHOWN = 20;

/** Each place where it lay. */
export function WhereCard({ sightings }: { readonly sightings: readonly Sighting[] }): ReactNode {
  return (
    <Card title="Where it lay" note={`${String(sightings.length)} ${sightings.length === 1 ? 'place' : 'places'}`}>
      <CardBody>
        <ul className={classes['places']}>
          {sightings.slice(0, SHOWN).map(({ dump, part, address, offset, length }) => (
            <li key={`${dump} ${part ?? ''} ${String(offset)}`}>
              <span className="mono t12">{dump.slice(0, 8)}</span>
              <span className="soft">
                {part === null ? (address ?? `at ${String(offset)}`) : `sent beside it, at ${String(offset)}`},{' '}
                {formatBytes(length)}
              </span>
            </li>
          ))}
        </ul>
        {sightings.length > SHOWN && <p className="t12 muted">and {sightings.length - SHOWN} more, in the export</p>}
      </CardBody>
    </Card>
  );
}
