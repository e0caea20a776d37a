import { Badge, Card, CardBody, KeyValues, formatCount, formatMoment, useNow } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import { momentOf } from '../api/moment-of.js';
import type { SignatureFacts } from '../api/wire.js';

export function GroupFactsCard({ group }: { readonly group: SignatureFacts }): ReactNode {
  const now = useNow();
  const { installs, regressed_at: regressed } = group;
  return (
    <>
      <Card title="Facts">
        <CardBody>
          <KeyValues
            rows={[
              ['Reports', formatCount(group.count)],
              [
                'Installs, 30 d',
                installs === null ? 'not told' : `${installs.exact ? '' : '~'}${formatCount(installs.count)}`,
              ],
              ['First seen', formatMoment(momentOf(group.first_seen), now)],
              ['Last seen', formatMoment(momentOf(group.last_seen), now)],
              ['Came back', regressed === null ? null : formatMoment(momentOf(regressed), now)],
              ['Owner', group.owner?.name ?? 'nobody'],
            ]}
          />
        </CardBody>
      </Card>
      <Card
        title="Raw dumps"
        sealed
        end={
          <Badge tone="seal" icon="lock">
            Sealed
          </Badge>
        }
      >
        <CardBody>
          <p className="t13 soft">
            Each report’s dump is sealed on its own. Open a report to see what was withheld, and to ask for the smallest
            part that helps.
          </p>
        </CardBody>
      </Card>
    </>
  );
}
