import { Meter, Note, formatBytes, formatDuration, useSecond } from '@crashkeep/ui';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { actOn } from '../api/acts.js';
import { grantQuery } from '../api/queries.js';

import type { ViewedGrant as Grant } from './viewed-grant.js';
import { STATE_WORDS, scopeText, shortId } from '../grant/words.js';
import { useMe } from '../session/use-me.js';
import classes from './session-bar.module.css';

interface SessionBarProps {
  readonly grant: Grant;
  readonly budgetLeft: number | null;
}

/** Bytes and time left: always in sight. */
export function SessionBar({ grant, budgetLeft }: SessionBarProps): ReactNode {
  const now = useSecond();
  const left = Math.min(budgetLeft ?? Infinity, grant.bytes - grant.used_bytes);
  const ends = grant.expires_at === null ? now : Date.parse(grant.expires_at);
  const seconds = grant.state === 'active' ? Math.max(0, Math.round((ends - now) / 1000)) : 0;
  return (
    <div className={classes['bar']}>
      <div className={classes['what']}>
        <b>{scopeText(grant.scope)}</b>
        <span>
          <Link to="/grants/$grantId" params={{ grantId: grant.id }} className="mono">
            {shortId(grant.id)}
          </Link>{' '}
          for <span className="mono">{grant.ticket}</span>
        </span>
      </div>
      <div className={classes['left']}>
        <span className="row between">
          <span>Bytes left</span>
          <b data-testid="bytes-left">
            {formatBytes(left)} <i>of {formatBytes(grant.bytes)}</i>
          </b>
        </span>
        <Meter share={left / Math.max(1, grant.bytes)} label="Bytes left" />
      </div>
      <div className={classes['left']}>
        <span className="row between">
          <span>Time left</span>
          <b data-testid="time-left">{formatDuration(seconds)}</b>
        </span>
        <Meter share={seconds / (grant.minutes * 60)} label="Time left" tone={seconds < 120 ? 'warn' : 'accent'} />
      </div>
      {grant.may.close && <EndSession grant={grant} />}
      {grant.state !== 'active' && (
        <div className={classes['over']}>
          <Note tone="warn" role="alert">
            {STATE_WORDS[grant.state].name}. What is shown stays until you leave; nothing more can be read.
          </Note>
        </div>
      )}
    </div>
  );
}

function EndSession({ grant }: { readonly grant: Grant }): ReactNode {
  const { csrf } = useMe();
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => actOn(grant.id, 'close', csrf),
    onSuccess: (after) => {
      queryClient.setQueryData(grantQuery(grant.id).queryKey, after);
    },
  });
  return (
    <Button
      loading={isPending}
      onClick={() => {
        mutate();
      }}
    >
      End session
    </Button>
  );
}
