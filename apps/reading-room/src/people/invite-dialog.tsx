import { ChoiceList, Note, SecretOnce } from '@crashkeep/ui';
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { invitePerson, signStatements } from '../api/acts.js';
import { peopleQuery } from '../api/queries.js';
import { explain } from '../app/explain.js';
import { useMe, useProjects } from '../session/use-me.js';
import { useStepUp } from './use-step-up.js';

type RoomRole = 'security' | 'auditor' | 'admin';

interface InviteDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The link is shown in this dialog and never again. */
export function InviteDialog({ opened, onClose }: InviteDialogProps): ReactNode {
  return (
    <Modal opened={opened} onClose={onClose} title="Invite someone">
      <Invitation onClose={onClose} />
    </Modal>
  );
}

function Invitation({ onClose }: Pick<InviteDialogProps, 'onClose'>): ReactNode {
  const { csrf } = useMe();
  const projects = useProjects();
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [role, setRole] = useState<RoomRole>('security');
  const [project, setProject] = useState(projects[0]?.id ?? '*');
  const queryClient = useQueryClient();
  const steppedUp = useStepUp();
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: async () => {
      await steppedUp();
      const invited = await invitePerson(
        { name: name.trim(), login: login.trim().toLowerCase(), roles: [{ project, role }] },
        csrf,
      );
      await signStatements(invited.person.waiting, csrf);
      return invited;
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  });
  if (data !== undefined) {
    return (
      <div className="stack">
        <p className="t13 soft">Send this link to them, over a channel that you trust. It works once, for 24 hours.</p>
        <SecretOnce value={data.link} hint="You see it once. If it is lost, invite them again." />
        <Button onClick={onClose}>Done</Button>
      </div>
    );
  }
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    mutate();
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
        required
        withAsterisk={false}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={100}
        value={login}
        onChange={(event) => {
          setLogin(event.currentTarget.value);
        }}
      />
      <NativeSelect
        label="Project"
        value={project}
        data={[
          ...projects.map(({ id, name: label }) => ({ value: id, label })),
          { value: '*', label: 'Every project' },
        ]}
        onChange={(event) => {
          setProject(event.currentTarget.value);
        }}
      />
      <ChoiceList
        legend="Role"
        value={role}
        onChange={setRole}
        choices={[
          { value: 'security', name: 'Security', hint: 'Decides on requests. Cannot ask in that project.' },
          { value: 'auditor', name: 'Auditor', hint: 'Reads the ledger. Sees no memory.' },
          { value: 'admin', name: 'Admin', hint: 'Gives roles and invites. Sees no memory.' },
        ]}
      />
      {error !== null && (
        <Note tone="danger" role="alert">
          {explain(error)}
        </Note>
      )}
      <Button type="submit" variant="primary" loading={isPending} disabled={name.trim() === '' || login.trim() === ''}>
        Make the invitation
      </Button>
    </form>
  );
}
