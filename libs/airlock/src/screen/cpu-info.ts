import { mintScreenedText } from '@crashkeep/report/mint';
import { type Grammar, grammar } from './grammar.js';

/** What CPUID leaf 0 answers, over all makers. */
const VENDORS =
  'GenuineIntel|AuthenticAMD|HygonGenuine|CentaurHauls|GenuineTMx86|CyrixInstead|Genuine {2}RDC|Vortex86 SoC|VIA VIA VIA | {2}Shanghai {2}';
const X86 = new RegExp(`^(?:(?:${VENDORS}) )?family \\d{1,3} model \\d{1,5} stepping \\d{1,5}$`);

/** `ARMv7 ARM part(0x4100c090) features: swp,half,thumb`. */
const ARM = /^ARMv\d{1,2}(?: [A-Za-z0-9 .()-]{1,48})?(?: features: [a-z0-9]{1,12}(?:,[a-z0-9]{1,12}){0,31})?$/;
const arm = grammar(ARM, 128);

export const cpuInfo: Grammar = (text) => (X86.test(text) ? mintScreenedText(text, 64) : arm(text));
