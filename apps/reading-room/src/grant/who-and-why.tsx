import { Card, Icon, KeyValues } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { Grant } from '../api/wire.js';
import classes from './who-and-why.module.css';
import { minutesText } from './words.js';

export function WhoAndWhy({ grant, mine }: { readonly grant: Grant; readonly mine: boolean }): ReactNode {
  return (
    <Card label="Who asks, and why">
      <div className={classes['columns']}>
        <div className={classes['column']}>
          <div className="row">
            <span className={classes['avatar']} aria-hidden="true">
              {grant.requester.name.slice(0, 1).toUpperCase()}
            </span>
            <b>{mine ? 'You' : grant.requester.name}</b>
          </div>
          <KeyValues
            rows={[
              ['Login', grant.requester.login],
              ['Project', grant.project],
              ['Time asked', minutesText(grant.minutes)],
              ['Device', deviceText(grant)],
            ]}
          />
        </div>
        <div className={classes['column']}>
          <h3>Why</h3>
          <blockquote className={classes['why']}>{grant.reason}</blockquote>
          <span className="row mono t13">
            <Icon name="ticket" size={14} />
            {grant.ticket}
          </span>
        </div>
      </div>
    </Card>
  );
}

function deviceText({ device, device_label: label, device_hardened: hardened }: Grant): string {
  if (device === null) return 'none: nothing can be read';
  const name = `${label ?? 'unnamed'} (${device.slice(0, 6)})`;
  return hardened ? `${name}, hardened` : name;
}
