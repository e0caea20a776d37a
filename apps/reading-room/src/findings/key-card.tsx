import { Badge, Breakable, Card, CardBody, KeyValues } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { Finding } from '../api/wire.js';
import { LEVEL_WORDS, SEVERITY_TONES, kindWords } from './finding-words.js';

/** What it is and whose; its value is stored nowhere. */
export function KeyCard({ finding }: { readonly finding: Finding }): ReactNode {
  const { kind, level, severity, spki, ssh } = finding;
  return (
    <Card
      title="The secret"
      sealed
      end={
        <Badge tone="seal" icon="eye-off">
          Value never stored
        </Badge>
      }
    >
      <CardBody>
        <KeyValues
          rows={[
            ['Kind', kindWords(kind)],
            [
              'Severity',
              <Badge key="severity" tone={SEVERITY_TONES[severity]}>
                {severity}
              </Badge>,
            ],
            ['Proof', `level ${String(level)}, ${LEVEL_WORDS[level] ?? ''}`],
            ['Public key', spki === null ? 'none is known' : <Fingerprint key="spki" text={spki} />],
            ['SSH', ssh === null ? null : <Fingerprint key="ssh" text={ssh} />],
            ['There since', finding.present_since.slice(0, 10)],
            ['Findable since', finding.detectable_since.slice(0, 10)],
            ['Whose', finding.owner ?? 'not said yet'],
          ]}
        />
      </CardBody>
    </Card>
  );
}

function Fingerprint({ text }: { readonly text: string }): ReactNode {
  return (
    <span className="mono t12">
      <Breakable text={text.replaceAll(/(.{8})(?=.)/g, '$1/').replaceAll('/', ' ')} />
    </span>
  );
}
