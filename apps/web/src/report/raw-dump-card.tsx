import {
  Badge,
  Card,
  CardBody,
  Icon,
  KeyValues,
  formatBytes,
  formatCount,
  formatDay,
  formatDuration,
  useNow,
} from '@crashkeep/ui';
import type { ReactNode } from 'react';
import { momentOf, momentOrNull } from '../api/moment-of.js';
import type { DumpLife } from '../api/wire.js';
import { screenWords } from './screen-words.js';
import classes from './raw-dump-card.module.css';

interface RawDumpCardProps {
  readonly life: DumpLife;
  /** The page says further down what was withheld. */
  readonly toAsk?: boolean;
}

/** The closed half of this report: how large, how long it is held, who was let in. */
export function RawDumpCard({ life, toAsk = false }: RawDumpCardProps): ReactNode {
  const now = useNow();
  const shredded = momentOrNull(life.shredded_at);
  const held = momentOf(life.held_until);
  return (
    <Card
      title="Raw dump"
      sealed
      end={
        <Badge tone="seal" icon="lock">
          {shredded === null ? 'Sealed' : 'Shredded'}
        </Badge>
      }
    >
      <CardBody>
        <div className="stack g3">
          <KeyValues
            rows={[
              ['Size', formatBytes(life.dump_bytes)],
              shredded === null
                ? ['Held until', <Held key="held" day={formatDay(held, now)} left={held - now} />]
                : ['Shredded', formatDay(shredded, now)],
              ['Beside it', besideWords(life)],
              ['Screen', screenWords(life.screen)],
              ['Grants', grantWords(life)],
            ]}
          />
          {toAsk && (
            <a className={`t13 ${classes['down'] ?? ''}`} href="#withheld">
              What was withheld, and how to ask <Icon name="arrow-down" size={14} />
            </a>
          )}
        </div>
      </CardBody>
    </Card>
  );
}

function Held({ day, left }: { readonly day: string; readonly left: number }): ReactNode {
  return (
    <>
      {day}{' '}
      <span className="muted">
        {left > 0
          ? formatDuration(left / 1000)
              .split(' ')
              .slice(0, 2)
              .join(' ')
          : 'soon'}
      </span>
    </>
  );
}

function besideWords({ attachments, annotations }: DumpLife): string | null {
  const parts = [
    annotations > 0 ? `${formatCount(annotations)} annotations` : null,
    attachments > 0 ? `${formatCount(attachments)} attached` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

function grantWords({ grants_open: open, grants_ended: ended }: DumpLife): string {
  if (open === 0 && ended === 0) return 'none, nobody has read it';
  return [open > 0 ? `${formatCount(open)} open` : null, ended > 0 ? `${formatCount(ended)} ended` : null]
    .filter((part) => part !== null)
    .join(', ');
}
