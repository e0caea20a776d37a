/** Where a leaf's value comes from. `derived`: computed from other leaves of the report alone. */
export type FieldSource = 'vault' | 'client' | 'dump' | 'symbols' | 'derived';

export interface FieldRow {
  /** Dotted, `[]` for each item: `threads[].frames[].function`. */
  readonly path: string;
  readonly source: FieldSource;
  readonly type: 'text' | 'id' | 'number' | 'boolean' | 'enum';
  readonly bounds: string;
  /** Why it may be shown. */
  readonly safe: string;
}

const LINE = {
  type: 'number',
  bounds: '0 to 2^32',
  safe: 'A line table of the build; the dump has no say in it.',
} as const;
const FUNCTION = {
  type: 'text',
  bounds: 'printable, at most 4096 characters',
  safe: 'Comes from uploaded symbols, never from memory; unwind rules cannot make a name of stack words.',
} as const;
const SOURCE_FILE = {
  type: 'text',
  bounds: 'printable, at most 1024 characters',
  safe: "The compiler's own path of a source file: build data of whoever uploaded the symbols.",
} as const;
const LEAF =
  'last part of the path; letters, digits and ._+-@()[]~ and space; at most 128; no part that looks like a token';
const INDEX = 'A position in this report.';

/** One row for each leaf of LenientReport and none besides; the spec proves it. The console shows this table as it stands. */
export const FIELD_DICTIONARY: readonly FieldRow[] = [
  { path: 'schema', source: 'vault', type: 'enum', bounds: '1', safe: 'A constant.' },
  { path: 'id', source: 'vault', type: 'id', bounds: 'UUID v4', safe: 'Random; made by the vault when the dump came.' },
  { path: 'format', source: 'dump', type: 'enum', bounds: '2 values', safe: 'Which reader took the file.' },
  {
    path: 'product',
    source: 'client',
    type: 'text',
    bounds: 'letters, digits and ._+&- and space; at most 64; no part that looks like a token',
    safe: 'A declared annotation: the project says where its name stands.',
  },
  {
    path: 'version',
    source: 'client',
    type: 'text',
    bounds:
      'letters, digits and ._+~()- and space; begins with a letter or digit; at most 64; no part that looks like a token',
    safe: 'A declared annotation: the version of a build.',
  },
  {
    path: 'channel',
    source: 'client',
    type: 'text',
    bounds: 'letters, digits, _ and -; begins with a letter; at most 32',
    safe: 'A declared annotation: stable, beta and the like.',
  },
  {
    path: 'received_at',
    source: 'vault',
    type: 'number',
    bounds: 'seconds, 0 to 2^40',
    safe: "The vault's own clock.",
  },
  {
    path: 'crashed_at',
    source: 'dump',
    type: 'number',
    bounds: 'seconds, 0 to 2^40',
    safe: 'A time stamp of the dump.',
  },
  {
    path: 'uptime',
    source: 'dump',
    type: 'number',
    bounds: 'seconds, 0 to 2^32',
    safe: 'A difference of two time stamps.',
  },
  { path: 'os', source: 'dump', type: 'enum', bounds: '8 values', safe: 'A closed list.' },
  {
    path: 'os_version',
    source: 'dump',
    type: 'text',
    bounds: "the grammar of that system's versions; at most 128",
    safe: 'Numbers of small width and the words of a kernel build.',
  },
  { path: 'cpu', source: 'dump', type: 'enum', bounds: '12 values', safe: 'A closed list.' },
  {
    path: 'cpu_info',
    source: 'dump',
    type: 'text',
    bounds: 'known vendor, family, model, stepping, or an ARM version and part',
    safe: 'What a processor says of its kind; the same on every machine with that chip.',
  },
  { path: 'cpu_count', source: 'dump', type: 'number', bounds: '0 to 2^32', safe: 'A count.' },
  {
    path: 'crash_reason',
    source: 'dump',
    type: 'text',
    bounds: 'names of signals, exceptions and status codes, or 32-bit codes in hex; at most three',
    safe: 'A closed vocabulary; a number here is a code of the system, not a value of the program.',
  },
  {
    path: 'crash_address',
    source: 'dump',
    type: 'text',
    bounds: 'a class; with null an offset below 4096, with a module its name',
    safe: 'The address itself can be a value of the program, so only its class is shown.',
  },
  { path: 'crash_address_class', source: 'dump', type: 'enum', bounds: '6 values', safe: 'Three bits.' },
  {
    path: 'probable_cause.cause',
    source: 'dump',
    type: 'enum',
    bounds: '22 values',
    safe: 'A closed list: what the reason, the class of the address and the map of the memory say together. Below five bits.',
  },
  {
    path: 'probable_cause.sure',
    source: 'derived',
    type: 'enum',
    bounds: '2 values',
    safe: 'One bit: whether facts prove it or it usually is so.',
  },
  {
    path: 'instruction.text',
    source: 'symbols',
    type: 'text',
    bounds: 'lower-case letters, digits and ,.:+*-[]#!{}^()_/ and space; at most 96',
    safe: 'Disassembled from the uploaded image at the place that the frame shows already; no byte of memory is read for it.',
  },
  {
    path: 'instruction.registers[].name',
    source: 'symbols',
    type: 'text',
    bounds: "a general register's name; at most six",
    safe: 'The instruction names it.',
  },
  {
    path: 'instruction.registers[].class',
    source: 'dump',
    type: 'enum',
    bounds: '7 values',
    safe: 'Below three bits of a register: whether it was null, small, a place on the stack or in code, a fill pattern, no address, or something else.',
  },
  {
    path: 'memory.physical',
    source: 'dump',
    type: 'enum',
    bounds: '7 values',
    safe: "A size of the machine's memory, in steps of four times.",
  },
  { path: 'memory.available', source: 'dump', type: 'enum', bounds: '5 values', safe: 'A share in five steps.' },
  { path: 'memory.commit', source: 'dump', type: 'enum', bounds: '5 values', safe: 'A share in five steps.' },
  {
    path: 'memory.process',
    source: 'dump',
    type: 'enum',
    bounds: '7 values',
    safe: 'A size of the process, in steps of four times.',
  },
  { path: 'crashing_thread', source: 'dump', type: 'number', bounds: '0 to 4096', safe: INDEX },
  { path: 'threads[].index', source: 'derived', type: 'number', bounds: '0 to 4096', safe: INDEX },
  {
    path: 'threads[].id',
    source: 'dump',
    type: 'number',
    bounds: '0 to 2^32',
    safe: "The kernel's number of the thread.",
  },
  {
    path: 'threads[].name',
    source: 'dump',
    type: 'text',
    bounds:
      'on the built-in list, with a number of at most five digits where the list says so, or the name of the main module',
    safe: "Names are the program's own text, so only those that well-known code gives its threads are shown.",
  },
  { path: 'threads[].frames[].index', source: 'derived', type: 'number', bounds: '0 to 1024', safe: INDEX },
  {
    path: 'threads[].frames[].module',
    source: 'dump',
    type: 'text',
    bounds: LEAF,
    safe: 'The name of a file that the system loaded as code.',
  },
  { path: 'threads[].frames[].module_index', source: 'derived', type: 'number', bounds: '0 to 4096', safe: INDEX },
  {
    path: 'threads[].frames[].module_offset',
    source: 'dump',
    type: 'text',
    bounds: '0x and 16 hex digits, below the size of the module',
    safe: 'A place in code. On 64-bit CPUs a word that is none falls into a module with a chance below 2^-30; on 32-bit CPUs scanned frames have no offset.',
  },
  { path: 'threads[].frames[].function', source: 'symbols', ...FUNCTION },
  { path: 'threads[].frames[].mangled', source: 'symbols', ...FUNCTION },
  { path: 'threads[].frames[].file', source: 'symbols', ...SOURCE_FILE },
  { path: 'threads[].frames[].line', source: 'symbols', ...LINE },
  {
    path: 'threads[].frames[].trust',
    source: 'derived',
    type: 'enum',
    bounds: '7 values',
    safe: 'How the walker found the frame.',
  },
  { path: 'threads[].frames[].inlines[].function', source: 'symbols', ...FUNCTION },
  { path: 'threads[].frames[].inlines[].mangled', source: 'symbols', ...FUNCTION },
  { path: 'threads[].frames[].inlines[].file', source: 'symbols', ...SOURCE_FILE },
  { path: 'threads[].frames[].inlines[].line', source: 'symbols', ...LINE },
  {
    path: 'threads[].frames[].unloaded_modules[].module',
    source: 'dump',
    type: 'text',
    bounds: LEAF,
    safe: 'The name of a file that was code once; without an offset.',
  },
  { path: 'threads[].frames_withheld', source: 'derived', type: 'number', bounds: '0 to 2^32', safe: 'A count.' },
  {
    path: 'threads[].truncated',
    source: 'derived',
    type: 'boolean',
    bounds: 'yes or no',
    safe: 'Whether a cap ended the walk.',
  },
  {
    path: 'modules[].name',
    source: 'dump',
    type: 'text',
    bounds: LEAF,
    safe: 'The name of a file that the system loaded as code.',
  },
  {
    path: 'modules[].version',
    source: 'dump',
    type: 'text',
    bounds: 'two to eight numbers of at most ten digits, with dots',
    safe: 'The version that the file was built with.',
  },
  {
    path: 'modules[].debug_file',
    source: 'dump',
    type: 'text',
    bounds: LEAF,
    safe: 'The name of a file of the build.',
  },
  {
    path: 'modules[].debug_id',
    source: 'dump',
    type: 'text',
    bounds: '33 to 40 hex digits',
    safe: "The build's own id, by which symbols are found.",
  },
  {
    path: 'modules[].code_id',
    source: 'dump',
    type: 'text',
    bounds: '4 to 40 hex digits',
    safe: "The build's own id, by which the file is found.",
  },
  {
    path: 'modules[].symbols_loaded',
    source: 'vault',
    type: 'boolean',
    bounds: 'yes or no',
    safe: 'Whether the project uploaded symbols.',
  },
  { path: 'main_module', source: 'derived', type: 'number', bounds: '0 to 4096', safe: INDEX },
  {
    path: 'unloaded_modules[].name',
    source: 'dump',
    type: 'text',
    bounds: LEAF,
    safe: 'The name of a file that was code once.',
  },
  {
    path: 'unloaded_modules[].code_id',
    source: 'dump',
    type: 'text',
    bounds: '4 to 40 hex digits',
    safe: "The build's own id, by which the file is found.",
  },
  {
    path: 'signature',
    source: 'derived',
    type: 'text',
    bounds: 'printable, at most 255 characters',
    safe: 'Made of function names from symbols, module names with offsets, and closed words; never of text of the program.',
  },
  {
    path: 'signature_algorithm',
    source: 'vault',
    type: 'number',
    bounds: '1 to 1000',
    safe: 'A constant of the release.',
  },
  {
    path: 'signature_why[].why',
    source: 'derived',
    type: 'enum',
    bounds: '7 values',
    safe: 'Which rule took the part.',
  },
  { path: 'signature_why[].thread', source: 'derived', type: 'number', bounds: '0 to 2^32', safe: INDEX },
  { path: 'signature_why[].frame', source: 'derived', type: 'number', bounds: '0 to 2^32', safe: INDEX },
  { path: 'withheld[].kind', source: 'derived', type: 'enum', bounds: '14 values', safe: 'A closed list.' },
  { path: 'withheld[].count', source: 'derived', type: 'number', bounds: '0 to 2^32', safe: 'A count.' },
  {
    path: 'problems[]',
    source: 'derived',
    type: 'text',
    bounds: 'area.reason in lower-case words; at most 64 of 64 characters',
    safe: "The readers' own codes; none repeats input.",
  },
];
