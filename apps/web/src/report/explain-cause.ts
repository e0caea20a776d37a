import type { CrashCause, LenientFrame } from '@crashkeep/report';
import type { Explanation, Facts, Rule, Words } from './explanation.js';
import { shortName } from './frame-name.js';

/** What the vault found, said in a sentence; `%` is the function where it stood. */
interface Said {
  readonly lead: string;
  readonly figure: string;
  readonly evidence: string;
}

/** Causes that the rules over frames do not say better. */
const SAID: Readonly<Partial<Record<CrashCause, Said>>> = {
  'guard-page': {
    lead: '% touched a guard page: memory that is there to stop whoever runs past the end of its neighbour.',
    figure: 'guard',
    evidence: 'A small region that nobody may touch lies at the fault address, right beside memory in use.',
  },
  'executing-data': {
    lead: 'The program jumped into data: a function pointer or a return address was overwritten.',
    figure: 'data',
    evidence: 'The thread stood in memory that may be read and holds no code.',
  },
  'unloaded-code': {
    lead: 'The program called into a library that had been unloaded.',
    figure: 'unloaded',
    evidence: 'The thread stood where a module used to be.',
  },
  'wild-call': {
    lead: 'The program jumped to an address where no code is: a function pointer was never set, or was overwritten.',
    figure: 'address',
    evidence: 'The thread itself stood there. The value stays sealed.',
  },
  'freed-memory': {
    lead: '% used memory that had been freed.',
    figure: 'pattern',
    evidence: 'The pointer is the pattern that an allocator writes over what it frees.',
  },
  'uninitialised-memory': {
    lead: '% used memory that was never set.',
    figure: 'pattern',
    evidence: 'The pointer is the pattern that fresh memory is filled with.',
  },
  'read-only-memory': {
    lead: '% wrote to memory that may only be read.',
    figure: 'read only',
    evidence: 'The fault address is mapped and may be read: only a write can have failed.',
  },
  assertion: {
    lead: 'A check of the program’s own failed. Its text stays sealed, since it may quote data.',
    figure: 'check',
    evidence: 'The runtime noted an assertion before it ended the program.',
  },
  'stack-smashed': {
    lead: 'A buffer on the stack was written past its end: the runtime noticed, and ended the program.',
    figure: 'cookie',
    evidence: 'The guard word beside the return address was not what it had been.',
  },
  'out-of-memory': {
    lead: 'The program ran out of memory.',
    figure: 'memory',
    evidence: 'The reason, or the function that gave up, says so.',
  },
};

/** Only where nothing on the stack explains it better: these come last. */
const LATE: Readonly<Partial<Record<CrashCause, Said>>> = {
  'stack-overflow': {
    lead: 'The stack ran out in %.',
    figure: 'stack',
    evidence: 'The fault address lies just beyond this thread’s own stack, where nothing may be touched.',
  },
  'heap-corruption': {
    lead: 'The heap was damaged before this point: the allocator noticed, and ended the program.',
    figure: 'heap',
    evidence: 'The allocator’s own check gave up.',
  },
};

const ruleOf =
  (said: typeof SAID): Rule =>
  ({ probable_cause: told }: Facts, [top]: readonly LenientFrame[]): Explanation | null => {
    const found = told === null ? undefined : said[told.cause];
    if (told === null || found === undefined) return null;
    return {
      lead: sentence(found.lead, top),
      evidence: [{ figure: found.figure, words: [found.evidence] }],
      sure: told.sure,
    };
  };

export const causeRules: readonly Rule[] = [ruleOf(SAID)];
export const lateCauseRules: readonly Rule[] = [ruleOf(LATE)];

function sentence(lead: string, top: LenientFrame | undefined): Words {
  const [before = '', after] = lead.split('%');
  if (after === undefined) return [before];
  return [before, top === undefined ? 'The program' : { code: shortName(top) }, after].filter((word) => word !== '');
}
