import type { ReactNode } from 'react';
import { Breakable } from './breakable.js';
import classes from './signature.module.css';
import { splitSignature } from './split-signature.js';

interface SignatureProps {
  readonly text: string;
  /** In a list it has two lines (four where narrow); elsewhere it is never cut. */
  readonly clamped?: boolean;
}

/** A crash's name: the path steps back, the last name stands out. */
export function Signature({ text, clamped = false }: SignatureProps): ReactNode {
  const { lead, path, name, tail } = splitSignature(text);
  return (
    <span className={`mono ${classes['signature'] ?? ''}`} data-clamped={clamped} title={clamped ? text : undefined}>
      <span className={classes['path']}>
        <Breakable text={lead + path} />
        {lead + path !== '' && <wbr />}
      </span>
      <b>{name}</b>
      <span className={classes['path']}>
        <Breakable text={tail} />
      </span>
    </span>
  );
}
