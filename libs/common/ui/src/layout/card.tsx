import type { ReactNode } from 'react';
import classes from './card.module.css';

interface CardProps {
  /** Its name: a heading in the title bar. Without it the card has no bar. */
  readonly title?: ReactNode;
  /** Beside the title, small. */
  readonly note?: ReactNode;
  /** At the right end of the title bar. */
  readonly end?: ReactNode;
  /** A hatched edge: what this card tells of is closed. */
  readonly sealed?: boolean;
  readonly id?: string;
  readonly label?: string;
  readonly children: ReactNode;
}

/** A framed part of a page. Its content brings its own padding, or a `CardBody`. */
export function Card({ title, note, end, sealed = false, id, label, children }: CardProps): ReactNode {
  return (
    <section className={classes['card']} data-sealed={sealed} id={id} aria-label={label}>
      {title !== undefined && (
        <div className={classes['bar']}>
          <h2>{title}</h2>
          {note !== undefined && <span className="t12 muted">{note}</span>}
          {end !== undefined && <span className={classes['end']}>{end}</span>}
        </div>
      )}
      {children}
    </section>
  );
}

/** `above`: a line parts it from what stands over it in the same card. */
export function CardBody({
  children,
  above = false,
}: {
  readonly children: ReactNode;
  readonly above?: boolean;
}): ReactNode {
  return (
    <div className={classes['body']} data-above={above}>
      {children}
    </div>
  );
}
