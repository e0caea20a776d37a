import { Card, CardBody, KeyValues, formatCount } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import type { Challenge } from '../api/acts.js';
import type { Grant, Narrowing } from '../api/wire.js';
import { minutesText, scopeText, shortId } from './words.js';

interface SignedLinesProps {
  readonly grant: Grant;
  readonly narrow: Narrowing | null;
  /** Once the server has stated it: the exact text whose hash the passkey signs. */
  readonly challenge: Challenge | null;
}

/** The approver's own statement in words, and the text itself. */
export function SignedLines({ grant, narrow, challenge }: SignedLinesProps): ReactNode {
  const version = grant.version + (narrow === null ? 0 : 1);
  const mono = (text: string): ReactNode => <span className="mono t12">{text}</span>;
  return (
    <Card title="What your passkey signs">
      <CardBody>
        <div className="stack g3">
          <KeyValues
            small
            rows={[
              ['grant', mono(`${shortId(grant.id)}, version ${String(version)}`)],
              ['dump', mono(grant.dump.slice(0, 13))],
              ['scope', mono(scopeText(narrow?.scope ?? grant.scope).toLowerCase())],
              ['bytes', mono(formatCount(narrow?.bytes ?? grant.bytes))],
              ['time', mono(minutesText(narrow?.minutes ?? grant.minutes))],
              ['requester', mono(grant.requester.login)],
              ['policy', mono(grant.policy.slice(0, 13))],
              ['device', mono(grant.device === null ? 'none' : grant.device.slice(0, 12))],
              ['screened', mono(grant.screened)],
            ]}
          />
          {challenge !== null && (
            <details className="t12">
              <summary>The whole text, as it is hashed</summary>
              <pre style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{challenge.text}</pre>
            </details>
          )}
          <p className="hint">
            The keeper builds this text anew before each read. If a line changed, the signature is void.
          </p>
        </div>
      </CardBody>
    </Card>
  );
}
