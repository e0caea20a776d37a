const OPENERS = '(<{[`';
const CLOSERS = ")>}]'";

/** Words of the text, split at spaces outside of every bracket; `` ` `` opens and `'` closes, as MSVC writes its own names. */
function wordsAtDepthZero(text: string): string[] {
  const words: string[] = [];
  let depth = 0;
  let word = '';
  for (const char of text) {
    if (OPENERS.includes(char)) depth++;
    else if (CLOSERS.includes(char) && depth > 0) depth--;
    if (char === ' ' && depth === 0) {
      if (word !== '') words.push(word);
      word = '';
    } else word += char;
  }
  return word === '' ? words : [...words, word];
}

/** Joined to the word before: an argument list or clone mark after a space, as some demanglers put it. */
const belongsToLast = (word: string): boolean => word.startsWith('(') || word.startsWith('[clone');

/** `static unsigned int f(int)` -> `f(int)`. Left alone where an operator's name holds a space of its own: `operator new`, conversions. */
export function dropReturnType(text: string): string {
  if (/\boperator [A-Za-z]/.test(text)) return text;
  const words = wordsAtDepthZero(text);
  let first = words.length - 1;
  while (first > 0 && belongsToLast(words[first] ?? '')) first--;
  return words.slice(Math.max(first, 0)).join(' ');
}
