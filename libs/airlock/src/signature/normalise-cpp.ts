import { dropReturnType } from './drop-return-type.js';
import { replaceEnclosed } from './enclosed.js';

/** What may follow a member function's arguments. */
const QUALIFIERS = [/ ?const$/, / ?const ?&{1,2}$/, / ?&{1,2}$/, / ?noexcept$/, / ?volatile$/];
const ANONYMOUS = '(anonymous namespace)';

/**
 * A C++ function without what differs between builds of the same place: return type, template and call arguments, clone
 * marks, the compiler's numbers. `bool A<int>::f(char const*) const [clone .cold]` -> `A<T>::f`.
 */
export function normaliseCpp(name: string): string {
  const unqualified = QUALIFIERS.reduce((text, it) => text.replace(it, ''), withoutClones(name.trim()));
  const bare = dropReturnType(unqualified)
    .replace(/[`(]anonymous[ -]namespace[')]/g, ANONYMOUS)
    .replace(/::\$_\d+(?=::|$)/g, '::$')
    .replace(/\{lambda\([^{}]*\)#\d+\}/g, '{lambda}')
    .replace(/`adjustor\{\d+\}'/g, '');
  return collapseArguments(collapseTemplates(bare))
    .replace(/ +(?=[*&,])/g, '')
    .replace(/, */g, ', ')
    .trim();
}

/** `vector<int>` -> `vector<T>`; an operator's own `<` and a cast `<A as B>` stay. */
export function collapseTemplates(text: string): string {
  const spared = text.replace(/operator(<=>|<<=?|>>=?|<=|>=|->\*?|<|>)/g, (_, it: string) => `operator${hidden(it)}`);
  return shown(
    replaceEnclosed(spared, '<', '>', (inside) => (/ (?:as|in) |^<name omitted>$/.test(inside) ? inside : '<T>')),
  );
}

/** `f(int)` -> `f`; the empty brackets of `operator()` and the anonymous namespace stay. */
export function collapseArguments(text: string): string {
  return replaceEnclosed(text, '(', ')', (inside, before) =>
    inside === ANONYMOUS || (inside === '()' && before.endsWith('operator')) ? inside : '',
  );
}

const withoutClones = (text: string): string =>
  text.replace(/ ?\[clone [^\]]*\]/g, '').replace(/\.(?:cold|isra|part|constprop)(?:\.\d+)*/g, '');

/** Angle brackets that are an operator's name, out of the way of bracket counting (U+2039 and U+203A stand for them meanwhile). */
const hidden = (text: string): string => text.replaceAll('<', '\u2039').replaceAll('>', '\u203a');
const shown = (text: string): string => text.replaceAll('\u2039', '<').replaceAll('\u203a', '>');
