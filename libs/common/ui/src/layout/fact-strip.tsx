import type { ReactNode } from 'react';
import classes from './fact-strip.module.css';

interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** The facts that answer "what is this" in one line under the title. */
export function FactStrip({ facts }: { readonly facts: readonly Fact[] }): ReactNode {
  return (
    <dl className={classes['strip']}>
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
