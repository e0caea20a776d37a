import { ChoiceList, Note, SecretOnce, explainError } from '@crashkeep/ui';
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { TOKEN_CLASSES, createToken } from '../api/acts.js';
import { tokensQuery } from '../api/queries.js';
import type { NewToken, Project, TokenClass } from '../api/wire.js';
import { useMe } from '../session/use-me.js';
import { TOKEN_WORDS } from './token-words.js';

interface NewTokenDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly project: Project;
}

/** The token's value is shown in this dialog and never again. */
export function NewTokenDialog({ opened, onClose, project }: NewTokenDialogProps): ReactNode {
  return (
    <Modal opened={opened} onClose={onClose} title="Make a token">
      <TokenMaker project={project} onClose={onClose} />
    </Modal>
  );
}

function TokenMaker({ project, onClose }: Omit<NewTokenDialogProps, 'opened'>): ReactNode {
  const { csrf } = useMe();
  const queryClient = useQueryClient();
  const { mutate, isPending, error, data, variables } = useMutation({
    mutationFn: (token: NewToken) => createToken(token, csrf),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: tokensQuery(project.id).queryKey }),
  });
  if (data !== undefined) {
    return (
      <div className="stack">
        <p className="t13 soft">This token {TOKEN_WORDS[variables.class].may}. Copy it to where it is needed.</p>
        <SecretOnce value={data.token} hint="You see it once. If it is lost, make another and revoke this one." />
        <Button onClick={onClose}>Done</Button>
      </div>
    );
  }
  return (
    <TokenForm
      project={project}
      busy={isPending}
      failure={error === null ? null : explainError(error).why}
      onMake={(token) => {
        mutate(token);
      }}
    />
  );
}

interface TokenFormProps {
  readonly project: Project;
  readonly busy: boolean;
  readonly failure: string | null;
  readonly onMake: (token: NewToken) => void;
}

function TokenForm({ project, busy, failure, onMake }: TokenFormProps): ReactNode {
  const [kind, setKind] = useState<TokenClass>('ingest');
  const [label, setLabel] = useState('');
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    onMake({ class: kind, project: project.id, label: label.trim() });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <ChoiceList
        legend="What it may do"
        value={kind}
        onChange={setKind}
        choices={TOKEN_CLASSES.map((value) => ({ value, name: TOKEN_WORDS[value].name, hint: TOKEN_WORDS[value].may }))}
      />
      <TextInput
        label="Name"
        description="Where it is used: you will want to know when you revoke it."
        inputWrapperOrder={['label', 'input', 'description']}
        required
        withAsterisk={false}
        maxLength={80}
        value={label}
        onChange={(event) => {
          setLabel(event.currentTarget.value);
        }}
      />
      {failure !== null && (
        <Note tone="danger" role="alert">
          {failure}
        </Note>
      )}
      <Button type="submit" variant="primary" loading={busy}>
        Make the token
      </Button>
    </form>
  );
}
