const METHOD = /^[+-]\[[^\]]+\]/;
const BLOCK = /^__\d+([+-]\[[^\]]+\])_block_invoke(?:[_.]\d+)*$/;
const FUNCTION_BLOCK = /^__(.+)_block_invoke(?:[_.]\d+)*$/;

/** `-[Class method:]` as it is; a block is named by where it was written: `__31-[Class method:]_block_invoke_2` -> `-[Class method:] block`. */
export function normaliseObjectiveC(name: string): string | null {
  if (METHOD.test(name)) return name.replace(/\((\w+)\)(?= )/, '');
  const written = BLOCK.exec(name)?.[1] ?? FUNCTION_BLOCK.exec(name)?.[1];
  return written === undefined ? null : `${written} block`;
}
