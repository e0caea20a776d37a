import type { LenientReport } from '@crashkeep/report';
import { Badge, Breakable, Card, CardBody } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { PlaceInGroup } from '../api/wire.js';
import { explainCrash, groupEvidence } from './explain-crash.js';
import type { Words } from './explanation.js';
import classes from './why-card.module.css';

interface WhyCardProps {
  readonly report: LenientReport;
  readonly group: PlaceInGroup | null;
}

/** Why it probably crashed: a sentence, and what it rests on. Not there where the report proves nothing. */
export function WhyCard({ report, group }: WhyCardProps): ReactNode {
  const explanation = explainCrash(report);
  if (explanation === null) return null;
  const { lead, evidence, sure } = explanation;
  return (
    <Card
      title="Why it probably crashed"
      end={sure === 'strong' ? <Badge tone="ok">Strong evidence</Badge> : <Badge>Likely</Badge>}
    >
      <CardBody>
        <div className="stack g3">
          <p className={classes['lead']}>
            <Said words={lead} />
          </p>
          <ul className={classes['evidence']}>
            {evidence.map(({ figure, words }) => (
              <li key={figure}>
                <b className="mono">{figure}</b>
                <span>
                  <Said words={words} />
                </span>
              </li>
            ))}
            {group !== null && (
              <li>
                <b>{group.count.toLocaleString('en-GB')}</b>
                <span>{groupEvidence(group.count)}</span>
              </li>
            )}
          </ul>
          <p className="hint">Made from this report alone. Nobody opened the dump for it.</p>
        </div>
      </CardBody>
    </Card>
  );
}

function Said({ words }: { readonly words: Words }): ReactNode {
  return words.map((word, index) =>
    typeof word === 'string' ? (
      word
    ) : (
      <code key={index}>
        <Breakable text={word.code} />
      </code>
    ),
  );
}
