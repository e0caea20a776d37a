import { Card, CardBody, CodeBlock, Columns, Note, PageHeader, SecretOnce, explainError } from '@crashkeep/ui';
import { Button, Tabs } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { createToken } from '../api/acts.js';
import { tokensQuery } from '../api/queries.js';
import { isEngineer, useMe } from '../session/use-me.js';
import { usePlaces } from '../shell/use-places.js';
import { useProject } from '../shell/use-project.js';
import { StepNumber } from './step-number.js';
import { TOKEN_STAND_IN, handlerSnippets, symbolsCommand } from './snippets.js';
import { WaitingCard } from './waiting-card.js';

/** From nothing to the first crash on screen: a token, a handler, symbols; and beside it, what arrives. */
export function SendPage(): ReactNode {
  const project = useProject();
  const { ingest } = usePlaces();
  const [token, setToken] = useState<string | null>(null);
  const facts = { ingest, project: project.id, token: token ?? TOKEN_STAND_IN };
  return (
    <>
      <title>{`Send crashes · ${project.name} · Crashkeep`}</title>
      <PageHeader
        title="Send crashes"
        sub="Three steps, about five minutes. This page notices by itself when a crash arrives."
      />
      <Columns aside={<WaitingCard key={project.id} project={project.id} ingest={ingest} />}>
        <Card title={<Step number={1} done={token !== null} name="A token that can only send crashes" />}>
          <CardBody>
            <TokenStep token={token} onToken={setToken} />
          </CardBody>
        </Card>
        <Card title={<Step number={2} name="Point your crash handler at Crashkeep" />}>
          <Handlers snippets={handlerSnippets(facts)} />
        </Card>
        <Card title={<Step number={3} name="Upload symbols" />} note="Can wait">
          <CardBody>
            <div className="stack g3">
              <p className="t13 soft">
                Until then frames show module and offset. Symbols that come later name old reports too.
              </p>
              <CodeBlock label="Command that uploads symbols" text={symbolsCommand(ingest, 'my-app')} />
              <p className="hint">Needs a token of the kind symbols, from Tokens.</p>
            </div>
          </CardBody>
        </Card>
      </Columns>
    </>
  );
}

function Step({
  number,
  name,
  done = false,
}: {
  readonly number: number;
  readonly name: string;
  readonly done?: boolean;
}): ReactNode {
  return (
    <span className="row">
      <StepNumber number={number} done={done} />
      {name}
    </span>
  );
}

interface TokenStepProps {
  readonly token: string | null;
  readonly onToken: (token: string) => void;
}

function TokenStep({ token, onToken }: TokenStepProps): ReactNode {
  const me = useMe();
  const project = useProject();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => createToken({ class: 'ingest', project: project.id, label: 'first crash' }, me.csrf),
    onSuccess: async ({ token: made }) => {
      onToken(made);
      await queryClient.invalidateQueries({ queryKey: tokensQuery(project.id).queryKey });
    },
  });
  if (token !== null) {
    return (
      <SecretOnce value={token} hint="You see it once. It cannot read anything, so it may ship inside your product." />
    );
  }
  return (
    <div className="stack g3">
      <p className="t13 soft">
        It cannot read anything, so it may ship inside your product. You can revoke it at any time.
      </p>
      {error !== null && (
        <Note tone="danger" role="alert">
          {explainError(error).why}
        </Note>
      )}
      {isEngineer(me, project.id) ? (
        <div>
          <Button
            variant="primary"
            loading={isPending}
            onClick={() => {
              mutate();
            }}
          >
            Make the token
          </Button>
        </div>
      ) : (
        <p className="hint">You are a viewer in {project.name}: an engineer of the project can make one.</p>
      )}
    </div>
  );
}

function Handlers({ snippets }: { readonly snippets: ReturnType<typeof handlerSnippets> }): ReactNode {
  return (
    <Tabs defaultValue="curl" keepMounted={false}>
      <Tabs.List aria-label="Crash handler">
        {snippets.map(({ id, label }) => (
          <Tabs.Tab key={id} value={id}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {snippets.map(({ id, label, code, note }) => (
        <Tabs.Panel key={id} value={id}>
          <CardBody>
            <div className="stack g3">
              <CodeBlock label={`For ${label}`} text={code} />
              <p className="hint">{note}</p>
            </div>
          </CardBody>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
