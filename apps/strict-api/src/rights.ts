import { type Action, type Actor, type Permit, ROLES, decide, mayDo } from '@crashkeep/access';
import { type PersonId, PersonIdText, ProjectIdText } from '@crashkeep/ids';
import { type Caller, type SignedIn, refused } from '@crashkeep/platform';
import { z } from 'zod';

const Roles = z.array(z.object({ project: z.union([z.literal('*'), ProjectIdText]), role: z.enum(ROLES) }));

/** For routes that take people only: the door has refused tokens already. */
export function personOf(caller: Caller): SignedIn & { readonly personId: PersonId } {
  if (caller.kind !== 'person') throw refused.signIn();
  return { ...caller, personId: PersonIdText.parse(caller.personId) };
}

/** The caller as the access model knows them. */
export function actorOf(caller: Caller): Actor {
  const { personId, roles } = personOf(caller);
  return { person: personId, roles: Roles.parse(roles) };
}

/** For what is not a project's business: whoever may do it in one project may do it. */
export function decideAnywhere<A extends Action>(actor: Actor, action: A): Permit<A> {
  const where = actor.roles.find(({ project }) => mayDo(actor, action, { project }));
  return decide(actor, action, { project: where?.project ?? '*' });
}
