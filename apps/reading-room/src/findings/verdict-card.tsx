import { Icon } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { Exposure } from '../api/wire.js';
import classes from './exposure.module.css';
import { verdictOf } from './verdict.js';

export function VerdictCard({ exposure }: { readonly exposure: Exposure }): ReactNode {
  const { tone, title, detail, did, could, blindDays } = verdictOf(exposure);
  return (
    <section className={classes['verdict']} data-tone={tone} aria-label="Verdict">
      <div className={classes['sentence']}>
        <Icon name={tone === 'ok' ? 'shield-check' : 'alert'} />
        <div>
          <h2>{title}</h2>
          <p>{detail}</p>
        </div>
      </div>
      <dl className={classes['figures']}>
        <Figure name="Did read it" value={did} unit={did === 1 ? 'person' : 'people'} />
        <Figure name="Could have" value={could} unit={could === 1 ? 'person' : 'people'} />
        <Figure
          name="Bytes seen"
          value={exposure.seen_bytes}
          unit={`of ${exposure.secret_bytes.toLocaleString('en-GB')}`}
        />
        <Figure name="Could not know" value={blindDays} unit={blindDays === 1 ? 'day' : 'days'} />
      </dl>
    </section>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

function Figure({ name, value, unit }: FigureProps): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{value.toLocaleString('en-GB')}</b> {unit}
      </dd>
    </div>
  );
}
