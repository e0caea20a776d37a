import { ChoiceList, Note, SecretOnce, explainError } from '@crashkeep/ui';
import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { invitePerson } from '../api/acts.js';
import { peopleQuery } from '../api/queries.js';
import type { NewPerson, Project } from '../api/wire.js';
import { useMe } from '../session/use-me.js';
import { ROLE_WORDS } from './roles.js';

interface InviteDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly project: Project;
}

/** Who, and what they may do. The link is shown in this dialog and never again. */
export function InviteDialog({ opened, onClose, project }: InviteDialogProps): ReactNode {
  return (
    <Modal opened={opened} onClose={onClose} title="Invite someone">
      <Invitation project={project} onClose={onClose} />
    </Modal>
  );
}

function Invitation({ project, onClose }: Omit<InviteDialogProps, 'opened'>): ReactNode {
  const { csrf } = useMe();
  const queryClient = useQueryClient();
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: (person: NewPerson) => invitePerson(person, csrf),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  });
  if (data !== undefined) {
    return (
      <div className="stack">
        <p className="t13 soft">Send this link to them, over a channel that you trust. It works once.</p>
        <SecretOnce value={data.link} hint="You see it once. If it is lost, invite them again." />
        <Button onClick={onClose}>Done</Button>
      </div>
    );
  }
  return (
    <InvitationForm
      project={project}
      busy={isPending}
      failure={error === null ? null : explainError(error).why}
      onInvite={mutate}
    />
  );
}

interface InvitationFormProps {
  readonly project: Project;
  readonly busy: boolean;
  readonly failure: string | null;
  readonly onInvite: (person: NewPerson) => void;
}

function InvitationForm({ project, busy, failure, onInvite }: InvitationFormProps): ReactNode {
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [role, setRole] = useState<NewPerson['role']>('viewer');
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    onInvite({ name: name.trim(), login: login.trim().toLowerCase(), project: project.id, role });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <TextInput
        label="Name"
        required
        withAsterisk={false}
        data-autofocus
        maxLength={80}
        value={name}
        onChange={(event) => {
          setName(event.currentTarget.value);
        }}
      />
      <TextInput
        label="Login"
        description="What they sign in with. An e-mail address is fine; nothing is sent to it."
        inputWrapperOrder={['label', 'input', 'description']}
        required
        withAsterisk={false}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={120}
        value={login}
        onChange={(event) => {
          setLogin(event.currentTarget.value);
        }}
      />
      <ChoiceList
        legend={`Role in ${project.name}`}
        value={role}
        onChange={setRole}
        choices={[
          { value: 'viewer', name: ROLE_WORDS.viewer.name, hint: ROLE_WORDS.viewer.may },
          { value: 'engineer', name: ROLE_WORDS.engineer.name, hint: ROLE_WORDS.engineer.may },
        ]}
      />
      {failure !== null && (
        <Note tone="danger" role="alert">
          {failure}
        </Note>
      )}
      <Button type="submit" variant="primary" loading={busy}>
        Make the invitation
      </Button>
    </form>
  );
}
