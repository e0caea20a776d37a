import { z } from 'zod';
import { AlertRuleMade, AlertRulePaused, AlertRuleRemoved, AlertRuleResumed } from './acts/alert-acts.js';
import {
  DetectorsDeployed,
  DumpExtractionClosed,
  DumpExtractionOpened,
  DumpLeased,
  DumpReceived,
  DumpScreened,
  DumpShredded,
  DumpWalkFailed,
  DumpWalked,
  RecipientDestroyed,
  RecipientMade,
  SymbolsReceived,
} from './acts/dump-acts.js';
import { FindingRotation, FindingsRead } from './acts/finding-acts.js';
import {
  AuditRead,
  DecisionRefused,
  GrantActivated,
  GrantApproved,
  GrantDenied,
  GrantEdited,
  GrantEnded,
  GrantNarrowed,
  GrantRead,
  GrantRequested,
  GrantReviewed,
  GrantSelfOpened,
  ReadDenied,
} from './acts/grant-acts.js';
import {
  PasskeyEnrolled,
  PasskeyRevoked,
  PersonDisabled,
  PersonEnrolled,
  PersonInvited,
  RoleGranted,
  RoleRevoked,
  RootPinned,
  TokenCreated,
  TokenRevoked,
} from './acts/people-acts.js';
import { LedgerKeyChanged, LedgerOpened, LedgerWitnessRefused } from './acts/ledger-acts.js';
import { DeviceNamed, DeviceRevoked } from './acts/device-acts.js';
import { StatementEnded, StatementProposed, StatementSigned } from './acts/statement-acts.js';
import {
  AnnotationProposed,
  AnnotationWithdrawn,
  ProjectChanged,
  ProjectMade,
  ThrottleRulesSet,
} from './acts/project-acts.js';
import type { LedgerProcess } from './ledger-process.js';

/** Of a grant's life: strict-api acts for people, the keeper for the clock, the budget and the bytes. */
const ofGrants = [GrantActivated, GrantEnded, ReadDenied] as const;

/** Which process does what. An act that is not listed for a process cannot be appended by it (the compiler says so). */
const ACTS = {
  ingest: [DumpReceived, SymbolsReceived],
  worker: [DumpLeased, DumpWalked, DumpWalkFailed, DumpScreened, DumpExtractionClosed, DetectorsDeployed],
  keeper: [
    ...ofGrants,
    GrantApproved,
    GrantDenied,
    GrantRead,
    DumpExtractionOpened,
    DumpShredded,
    RecipientMade,
    RecipientDestroyed,
    RootPinned,
  ],
  sequencer: [LedgerOpened, LedgerKeyChanged, LedgerWitnessRefused],
  'strict-api': [
    ...ofGrants,
    GrantRequested,
    GrantEdited,
    GrantApproved,
    GrantNarrowed,
    GrantDenied,
    GrantSelfOpened,
    GrantReviewed,
    DecisionRefused,
    AuditRead,
    FindingsRead,
    FindingRotation,
    PersonInvited,
    PersonEnrolled,
    PersonDisabled,
    RoleGranted,
    RoleRevoked,
    PasskeyEnrolled,
    PasskeyRevoked,
    StatementProposed,
    StatementSigned,
    StatementEnded,
    DeviceNamed,
    DeviceRevoked,
  ],
  'lenient-api': [
    PersonInvited,
    PersonEnrolled,
    PersonDisabled,
    RoleGranted,
    RoleRevoked,
    TokenCreated,
    TokenRevoked,
    AlertRuleMade,
    AlertRulePaused,
    AlertRuleResumed,
    AlertRuleRemoved,
    ProjectMade,
    ProjectChanged,
    ThrottleRulesSet,
    AnnotationProposed,
    AnnotationWithdrawn,
    // The database writes it where a membership goes that a grant rests on.
    GrantEnded,
  ],
} as const satisfies Record<LedgerProcess, readonly z.ZodType[]>;

export type LeafOf<P extends LedgerProcess> = z.infer<(typeof ACTS)[P][number]>;

/** Every act: a closed union. */
export type Leaf = LeafOf<LedgerProcess>;

const WIRES: { readonly [P in LedgerProcess]: z.ZodType } = {
  ingest: z.union(ACTS.ingest),
  worker: z.union(ACTS.worker),
  keeper: z.union(ACTS.keeper),
  sequencer: z.union(ACTS.sequencer),
  'strict-api': z.union(ACTS['strict-api']),
  'lenient-api': z.union(ACTS['lenient-api']),
};

/** Parses what a process would append; throws a ZodError on what is no act of it. */
export function parseLeaf<P extends LedgerProcess>(process: P, leaf: unknown): LeafOf<P> {
  return WIRES[process].parse(leaf);
}
