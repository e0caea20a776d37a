import { Icon } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import classes from './step-number.module.css';

export function StepNumber({ number, done }: { readonly number: number; readonly done: boolean }): ReactNode {
  return (
    <span className={classes['number']} data-done={done}>
      {done ? <Icon name="check" size={12} /> : number}
    </span>
  );
}
