/**
 * How many bits of a dump one value of a leaf can carry at most (DESIGN.md 2): `bits`, or of text `letters` different characters
 * and `length` of them. 0: the value is the vault's, the client's or the uploaded symbols'; the dump has no say in it, but for the
 * choice among what is there. `derived` leaves repeat others.
 */
export interface Capacity {
  readonly bits: number;
}

const none: Capacity = { bits: 0 };
const ofChoices = (choices: number): Capacity => ({ bits: Math.log2(choices) });
const ofText = (letters: number, length: number): Capacity => ({ bits: Math.log2(letters) * length });

/** Letters, digits and a few signs; names of files may have letters of three more alphabets. */
const FILE_NAME = ofText(1169, 128);
const HEX_ID = ofText(16, 40);
const COUNT = ofChoices(2 ** 32 + 1);

/** For each leaf of the report, by the dictionary's path. */
export const FIELD_CAPACITY: Readonly<Record<string, Capacity>> = {
  schema: none,
  id: none,
  format: ofChoices(2),
  product: none,
  version: none,
  channel: none,
  received_at: none,
  crashed_at: ofChoices(2 ** 40 + 1),
  uptime: COUNT,
  os: ofChoices(8),
  os_version: ofText(95, 128),
  cpu: ofChoices(12),
  cpu_info: ofText(95, 128),
  cpu_count: COUNT,
  crash_reason: ofText(95, 160),
  /** Five classes, the modules by name, and 4096 offsets from null: below 14 bits. */
  crash_address: ofChoices(4096 + 4096 + 6),
  crash_address_class: ofChoices(6),
  'probable_cause.cause': ofChoices(22),
  'probable_cause.sure': ofChoices(2),
  'instruction.text': none,
  'instruction.registers[].name': none,
  'instruction.registers[].class': ofChoices(7),
  'memory.physical': ofChoices(7),
  'memory.available': ofChoices(5),
  'memory.commit': ofChoices(5),
  'memory.process': ofChoices(7),
  crashing_thread: ofChoices(4097),
  'threads[].index': none,
  'threads[].id': COUNT,
  /** The built-in list, each with a number of five digits, or the program's name. */
  'threads[].name': ofChoices(2 ** 10 * 10 ** 5 * 16),
  'threads[].frames[].index': ofChoices(1025),
  'threads[].frames[].module': none,
  'threads[].frames[].module_index': ofChoices(4097),
  'threads[].frames[].module_offset': { bits: 32 },
  'threads[].frames[].function': none,
  'threads[].frames[].mangled': none,
  'threads[].frames[].file': none,
  'threads[].frames[].line': none,
  'threads[].frames[].trust': ofChoices(7),
  'threads[].frames[].inlines[].function': none,
  'threads[].frames[].inlines[].mangled': none,
  'threads[].frames[].inlines[].file': none,
  'threads[].frames[].inlines[].line': none,
  'threads[].frames[].unloaded_modules[].module': ofChoices(4096),
  'threads[].frames_withheld': COUNT,
  'threads[].truncated': ofChoices(2),
  'modules[].name': FILE_NAME,
  'modules[].version': ofText(11, 87),
  'modules[].debug_file': FILE_NAME,
  'modules[].debug_id': HEX_ID,
  'modules[].code_id': HEX_ID,
  'modules[].symbols_loaded': none,
  main_module: ofChoices(4097),
  'unloaded_modules[].name': FILE_NAME,
  'unloaded_modules[].code_id': HEX_ID,
  signature: none,
  signature_algorithm: none,
  'signature_why[].why': none,
  'signature_why[].thread': none,
  'signature_why[].frame': none,
  'withheld[].kind': none,
  'withheld[].count': COUNT,
  'problems[]': ofChoices(64),
};
