import { Card, CardBody, formatDay, useNow } from '@crashkeep/ui';
import type { CSSProperties, ReactNode } from 'react';
import type { Exposure } from '../api/wire.js';
import { exposureMarks } from './exposure-marks.js';
import classes from './exposure.module.css';

/** From the first dump that holds it until now: where it lay, who read when, and since when it could be known. */
export function ExposurePicture({ exposure }: { readonly exposure: Exposure }): ReactNode {
  const now = useNow();
  const { start, blind, dumps, people } = exposureMarks(exposure, now);
  return (
    <Card title="From the first dump until now" note="Times in UTC">
      <CardBody>
        <div className={classes['picture']} style={{ '--blind': percent(blind.to) } as CSSProperties}>
          {dumps.map(({ dump, x }) => (
            <Row key={dump} name={`Dump ${dump.slice(0, 8)}`} said={`it lay there from ${percent(x)} of the time on`}>
              <span className={classes['lay']} style={{ left: percent(x) }} />
            </Row>
          ))}
          {people.map(({ person, reads }) => (
            <Row
              key={person}
              name={exposure.people[person] ?? 'Somebody'}
              said={reads.map(({ ofSecret }) => `a read with ${String(ofSecret)} bytes of it`).join(', ')}
            >
              {reads.map(({ leaf, x, ofSecret }) => (
                <span key={leaf} className={classes['read']} data-key={ofSecret > 0} style={{ left: percent(x) }} />
              ))}
            </Row>
          ))}
        </div>
        <div className={classes['axis']}>
          <span>{formatDay(start, now)}</span>
          <span>now</span>
        </div>
        <ul className={classes['legend']}>
          <li>
            <i className={classes['read']} data-key="true" /> Read bytes of it
          </li>
          <li>
            <i className={classes['read']} data-key="false" /> Read other bytes
          </li>
          <li>
            <i className={classes['swatch']} /> No detector could find it
          </li>
        </ul>
      </CardBody>
    </Card>
  );
}

interface RowProps {
  readonly name: string;
  /** The same for those who do not see it. */
  readonly said: string;
  readonly children: ReactNode;
}

function Row({ name, said, children }: RowProps): ReactNode {
  return (
    <div className={classes['row']}>
      <span className={classes['who']}>{name}</span>
      <span className={classes['track']}>
        {children}
        <span className="sr">{said}</span>
      </span>
    </div>
  );
}

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;
