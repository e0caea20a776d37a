import type { ReactNode } from 'react';
import classes from './code-block.module.css';
import { CopyButton } from './copy-button.js';

/** A piece of code with its copy button; scrolls sideways. */
export function CodeBlock({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  return (
    <div className={classes['block']}>
      <div className={classes['copy']}>
        <CopyButton text={text} />
      </div>
      <pre className={classes['code']} tabIndex={0} aria-label={label}>
        {text}
      </pre>
    </div>
  );
}
