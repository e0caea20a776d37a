import { type Grammar, grammar } from './grammar.js';

/** A reader's own code: `minidump.truncated-stream`. Short words, so that it carries nothing else. */
export const problemCode: Grammar = grammar(
  /^(?:minidump|elfcore|snapshot|unwind|walk|symbols)\.[a-z0-9]{1,20}(?:-[a-z0-9]{1,20}){0,7}$/,
  64,
);
