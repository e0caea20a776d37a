import { Breakable, splitFunction } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import classes from './trace.module.css';

/** Arguments longer than this step aside while the trace is folded: their types are seldom what one looks for. */
const ARGUMENTS_MOST = 44;

interface FunctionNameProps {
  readonly name: string;
  /** Arguments in full. */
  readonly whole: boolean;
}

/** A function, its arguments a step back. */
export function FunctionName({ name, whole }: FunctionNameProps): ReactNode {
  const { path, name: last, tail } = splitFunction(name);
  const short = !whole && tail.length > ARGUMENTS_MOST;
  return (
    <span className={`mono ${classes['function'] ?? ''}`} title={short ? name : undefined}>
      <Breakable text={path + last} />
      <span className={classes['arguments']}>{short ? shorten(tail) : <Breakable text={tail} />}</span>
    </span>
  );
}

/** `(…) const` */
function shorten(tail: string): string {
  const end = tail.slice(tail.lastIndexOf(')') + 1);
  return `(…)${end}`;
}
