import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.js';
import classes from './secret-once.module.css';

/** A token or a one-time link, in the moment it is made. */
export function SecretOnce({ value, hint }: { readonly value: string; readonly hint: string }): ReactNode {
  return (
    <div className="stack g2">
      <div className={`row ${classes['secret'] ?? ''}`}>
        <span className="mono grow trunc" title={value}>
          {value}
        </span>
        <CopyButton text={value} />
      </div>
      <p className="hint">{hint}</p>
    </div>
  );
}
