import { expect, test } from 'vitest';
import { ProjectIdText, newPersonId } from '@crashkeep/ids';
import { type Actor, Permit, type Role, decide, mayDo } from './permit.js';

const relay = ProjectIdText.parse('relay');
const other = ProjectIdText.parse('other');

const holding = (...roles: Role[]): Actor => ({
  person: newPersonId(),
  roles: roles.map((role) => ({ project: relay, role })),
});

test('an engineer may request, in the project and nowhere else', () => {
  const engineer = holding('engineer');
  const permit = decide(engineer, 'grant.request', { project: relay });
  expect(permit).toMatchObject({ action: 'grant.request', person: engineer.person, project: relay });
  expect(() => decide(engineer, 'grant.request', { project: other })).toThrow('access.not-allowed');
});

test('who is security in a project cannot request there, though an engineer too', () => {
  expect(() => decide(holding('engineer', 'security'), 'grant.request', { project: relay })).toThrow(
    'access.separation',
  );
});

test('nobody decides on a request of their own', () => {
  const both = holding('security');
  expect(() => decide(both, 'grant.decide', { project: relay, requester: both.person })).toThrow('access.same-person');
  expect(mayDo(both, 'grant.decide', { project: relay, requester: newPersonId() })).toBe(true);
});

test.each<[Role]>([['viewer'], ['engineer'], ['auditor'], ['admin']])('%s approves nothing', (role) => {
  expect(mayDo(holding(role), 'grant.decide', { project: relay, requester: newPersonId() })).toBe(false);
});

test.each<[Role]>([['security'], ['auditor'], ['admin'], ['viewer']])(
  '%s reads nothing, its own grant neither',
  (role) => {
    const actor = holding(role);
    expect(mayDo(actor, 'grant.read', { project: relay, requester: actor.person })).toBe(false);
  },
);

test('another engineer reads nothing of it', () => {
  expect(() => decide(holding('engineer'), 'grant.read', { project: relay, requester: newPersonId() })).toThrow(
    'access.not-requester',
  );
});

test('a role for every project counts in each', () => {
  const admin: Actor = { person: newPersonId(), roles: [{ project: '*', role: 'admin' }] };
  expect(mayDo(admin, 'people.manage', { project: '*' })).toBe(true);
  expect(mayDo(admin, 'audit.read', { project: relay })).toBe(true);
  expect(mayDo(holding('admin'), 'people.manage', { project: '*' })).toBe(false);
});

test('a permit cannot be made by hand', () => {
  const forge = Permit as unknown as new (...args: unknown[]) => unknown;
  expect(() => new forge('grant.read', newPersonId(), relay, Symbol('minting'))).toThrow('only decide()');
});
