import type { ReactNode } from 'react';
import { trustOf } from './trust.js';
import classes from './trust-bars.module.css';

/** Three bars and a word: how this frame was found. */
export function TrustBars({ trust }: { readonly trust: string }): ReactNode {
  const { bars, word, meaning } = trustOf(trust);
  return (
    <span className={classes['trust']} data-bars={bars} title={meaning}>
      <i aria-hidden="true" />
      <i aria-hidden="true" />
      <i aria-hidden="true" />
      {word}
    </span>
  );
}
