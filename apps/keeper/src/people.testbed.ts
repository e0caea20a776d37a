import { randomBytes } from 'node:crypto';
import type { Actor, Role } from '@crashkeep/access';
import { createPerson, enrolPasskey, type openIdentityStore } from '@crashkeep/identity';
import type { PersonId, ProjectId } from '@crashkeep/ids';
import { SoftwareDevice, SoftwarePasskey } from '@crashkeep/testkit';

export interface Someone {
  readonly id: PersonId;
  readonly passkey: SoftwarePasskey;
  readonly device: SoftwareDevice;
  readonly actor: Actor;
}

type OwnerRows = ReturnType<typeof openIdentityStore>['rows'];

/** With a role and a passkey; signs nothing. */
export async function addPerson(
  rows: OwnerRows,
  role: Role,
  { project, origin }: { readonly project: ProjectId; readonly origin: string },
): Promise<Someone> {
  const id = await createPerson(rows, { name: role, login: `${role}-${randomBytes(4).toString('hex')}` });
  const passkey = new SoftwarePasskey(origin);
  if (role === 'engineer' || role === 'viewer') {
    await rows.membership.create({ data: { person_id: id, project, role } });
  } else await rows.room_role.create({ data: { person_id: id, project, role } });
  const known = { credentialId: passkey.id, personId: id, publicKey: new Uint8Array(passkey.coseKey) };
  await enrolPasskey(rows, { ...known, counter: 0, transports: ['internal'], root: role === 'admin', label: role });
  return {
    id,
    passkey,
    device: await SoftwareDevice.make(),
    actor: { person: id, roles: [{ project, role }] },
  };
}
