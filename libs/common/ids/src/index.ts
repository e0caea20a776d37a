/**
 * ids: the names by which things are known across processes. Branded strings, parsed once at each boundary.
 *
 * May import: nothing of Crashkeep. Knows no dump.
 * Invariant: an id says nothing about what it names; dump ids are random (UUID v4), so they leak no time.
 * Sources: RFC 9562.
 */
export {
  type DumpAlias,
  type DumpId,
  type GrantId,
  type PersonId,
  type ProjectId,
  DumpAliasText,
  DumpIdText,
  GrantIdText,
  PersonIdText,
  ProjectIdText,
  newDumpId,
  newGrantId,
  newPersonId,
} from './ids.js';
