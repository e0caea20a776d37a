import type { LenientReport, ScreenedText } from '@crashkeep/report';
import type { NamedWalk } from '@crashkeep/walk';
import type { DumpFacts } from './dump-facts.js';
import { discloseAddress } from './disclose-address.js';
import { discloseCause } from './disclose-cause.js';
import { discloseInstruction } from './disclose-instruction.js';
import { discloseModules, discloseUnloadedModules } from './disclose-modules.js';
import { discloseThreads } from './disclose-threads.js';
import { cpuInfo } from './screen/cpu-info.js';
import { crashReason } from './screen/crash-reason.js';
import { osVersionOf } from './screen/os-version.js';
import { problemCode } from './screen/problem-code.js';
import { Screen } from './screen/screen.js';
import { channelName, productName, productVersion } from './screen/version.js';
import { SIGNATURE_ALGORITHM, signatureOf } from './signature/signature-of.js';

/**
 * Builds the open report from named parts of a walk. Each field is written out here or in a `disclose…` beside this file, and
 * every text passes the grammar of its kind: what does not fit is withheld and counted. Pure, and total over NamedWalk.
 */
export function disclose(walk: NamedWalk, facts: DumpFacts): LenientReport {
  const screen = new Screen();
  const modules = discloseModules(walk, screen);
  const unloadedModules = discloseUnloadedModules(walk, screen);
  const mainModule = indexWithin(walk.mainModule, modules.length);
  const crashingThread = indexWithin(walk.crashingThread, walk.threads.length);
  const threads = discloseThreads(walk, { modules, unloadedModules, mainModule, crashingThread }, screen);
  const reason = discloseReason(walk.crashReason, screen);
  const address = discloseAddress(walk.crashAddress, modules, screen);
  const signature = signatureOf({ thread: crashingThread === null ? null : threads[crashingThread], modules, reason });
  withholdTheRest(walk, facts, screen);
  return {
    schema: 1,
    id: facts.id,
    format: walk.format,
    product: screen.text(facts.product, productName),
    version: screen.text(facts.version, productVersion),
    channel: screen.text(facts.channel, channelName),
    received_at: facts.receivedAt,
    crashed_at: walk.crashedAt,
    uptime: walk.uptime,
    os: walk.os,
    os_version: screen.text(walk.osVersion === null ? null : oneSpaced(walk.osVersion), osVersionOf(walk.os)),
    cpu: walk.cpu,
    cpu_info: screen.text(walk.cpuInfo, cpuInfo),
    cpu_count: walk.cpuCount,
    crash_reason: reason,
    crash_address: address?.text ?? null,
    crash_address_class: address?.class ?? null,
    probable_cause: discloseCause(walk, crashingThread === null ? undefined : threads[crashingThread]),
    instruction: discloseInstruction(walk, screen),
    memory: discloseMemory(walk.memory),
    crashing_thread: crashingThread,
    threads,
    modules,
    main_module: mainModule,
    unloaded_modules: unloadedModules,
    signature: signature.text,
    signature_algorithm: SIGNATURE_ALGORITHM,
    signature_why: signature.why,
    problems: walk.problems.flatMap((code) => screen.text(code, problemCode) ?? []),
    withheld: screen.withheld(),
  };
}

const indexWithin = (index: number | null, length: number): number | null =>
  index !== null && index < length ? index : null;

/** Kernels write two spaces and trailing ones (`6.18.44 -fc #1 SMP …`). */
const oneSpaced = (text: string): string => text.trim().replace(/ +/g, ' ');

/** Enums only, each written out. */
function discloseMemory(memory: NamedWalk['memory']): LenientReport['memory'] {
  if (memory === null) return null;
  const { physical, available, commit, process } = memory;
  return { physical, available, commit, process };
}

function discloseReason(text: string | null, screen: Screen): ScreenedText | null {
  if (text === null) return null;
  const { shown, whole } = crashReason(text);
  if (!whole) screen.withhold('unfit-text');
  return shown;
}

/** What is never shown is counted, so that a reader knows that it is there and can ask for it. */
function withholdTheRest(walk: NamedWalk, facts: DumpFacts, screen: Screen): void {
  screen.withhold('memory', walk.regions.length);
  screen.withhold('registers', walk.threadRanges.filter((it) => it.context !== null).length);
  screen.withhold('module-paths', walk.modules.length);
  screen.withhold('annotations', walk.annotationCount + facts.annotations);
  screen.withhold('attachments', facts.attachments);
  screen.withhold('command-line', walk.unread.commandLine ? 1 : 0);
  screen.withhold('environment', walk.unread.environment ? 1 : 0);
  screen.withhold('assertion-text', walk.unread.assertionTexts);
  screen.withhold('user-streams', walk.unread.userStreams);
}
