import { ButtonLink, CodeBlock, EmptyState } from '@crashkeep/ui';
import type { ReactNode } from 'react';
import { usePlaces } from '../shell/use-places.js';
import { useProject } from '../shell/use-project.js';
import { TOKEN_STAND_IN, handlerSnippets } from './snippets.js';

/** A project without a crash: how to send the first one. */
export function FirstCrash(): ReactNode {
  const { ingest } = usePlaces();
  const project = useProject();
  const [curl] = handlerSnippets({ ingest, project: project.id, token: TOKEN_STAND_IN });
  return (
    <EmptyState
      title="No crash has arrived yet"
      actions={
        <ButtonLink variant="primary" to="/send">
          Send your first crash
        </ButtonLink>
      }
    >
      <div className="stack g3">
        <p>
          Point a crash handler at this vault, or send a dump by hand. It is sealed while it arrives, and its trace
          shows up here a moment later.
        </p>
        {curl !== undefined && <CodeBlock label="Command that sends a dump" text={curl.code} />}
      </div>
    </EmptyState>
  );
}
