import type { VaultAnswer } from './send-body.js';

/** Why the vault did not take it, in its own words: a problem's title and code, or the line that crash clients get. */
export function reasonOf(answer: VaultAnswer | null): string {
  if (answer === null) return 'the vault cannot be reached';
  const fields = problemOf(answer.text);
  if (typeof fields['title'] === 'string' && typeof fields['code'] === 'string')
    return `${printable(fields['title'])} (${printable(fields['code'])})`;
  return printable(answer.text.split('\n', 1)[0] ?? '') || `HTTP status ${answer.status}`;
}

function problemOf(text: string): Record<string, unknown> {
  try {
    const problem: unknown = JSON.parse(text);
    return typeof problem === 'object' && problem !== null ? { ...problem } : {};
  } catch {
    return {};
  }
}

/** Whoever answers at that address may not be a vault: nothing of it steers the terminal. */
function printable(text: string): string {
  return text.slice(0, 200).replace(/[^\x20-\x7e]/g, '?');
}
