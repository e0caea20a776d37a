import { z } from 'zod';

/** A UUID in lower case; the one brand says which kind of thing it names. */
export const DumpIdText = z.uuidv4().brand<'DumpId'>();
export type DumpId = z.infer<typeof DumpIdText>;

/** 16 hex digits: what a client of answer style hex16 was told in place of a dump's id. */
export const DumpAliasText = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .brand<'DumpAlias'>();
export type DumpAlias = z.infer<typeof DumpAliasText>;

export const GrantIdText = z.uuidv4().brand<'GrantId'>();
export type GrantId = z.infer<typeof GrantIdText>;

export const PersonIdText = z.uuidv4().brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonIdText>;

/** A project's slug: it stands in URLs, in age stanzas and in object keys. */
export const ProjectIdText = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/)
  .brand<'ProjectId'>();
export type ProjectId = z.infer<typeof ProjectIdText>;

export const newDumpId = (): DumpId => crypto.randomUUID() as DumpId;
export const newGrantId = (): GrantId => crypto.randomUUID() as GrantId;
export const newPersonId = (): PersonId => crypto.randomUUID() as PersonId;
