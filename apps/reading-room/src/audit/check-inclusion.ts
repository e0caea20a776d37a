/** One step up the tree: the sibling, the side on which it stands, and the node that both make. */
export interface TreeStep {
  readonly sibling: string;
  readonly side: 'left' | 'right';
  readonly node: string;
}

/** What the browser made of a proof, by its own SHA-256. Hashes in hex. */
export interface CheckedInclusion {
  readonly leaf: string;
  readonly steps: readonly TreeStep[];
  readonly root: string;
  /** That this is the root which the checkpoint's text says. */
  readonly isSigned: boolean;
}

export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  readonly salt: string;
  readonly entry: string;
  readonly proof: readonly string[];
  readonly checkpoint: string;
}

/**
 * Recomputes the root of the ledger from one leaf and its siblings (RFC 6962 section 2.1.1), in the browser, with nothing of the server's
 * but what it claims. Throws a RangeError where the proof has another length than such a leaf's has.
 */
export async function checkInclusion(claim: InclusionClaim): Promise<CheckedInclusion> {
  const sides = sidesOf(claim.index, claim.size);
  if (sides.length !== claim.proof.length) throw new RangeError('proof of another length');
  const leaf = await sha256(Uint8Array.of(0), fromHex(claim.salt), new TextEncoder().encode(claim.entry));
  const steps: TreeStep[] = [];
  let node = leaf;
  for (const [at, side] of sides.entries()) {
    const sibling = fromBase64(claim.proof[at] ?? '');
    node = await sha256(Uint8Array.of(1), ...(side === 'left' ? [sibling, node] : [node, sibling]));
    steps.push({ sibling: toHex(sibling), side, node: toHex(node) });
  }
  const [, size = '', root = ''] = claim.checkpoint.split('\n');
  const isSigned = size === String(claim.size) && toHex(fromBase64(root)) === toHex(node);
  return { leaf: toHex(leaf), steps, root: toHex(node), isSigned };
}

/** On which side each sibling stands, lowest first. */
function sidesOf(index: number, size: number): ('left' | 'right')[] {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) throw new RangeError('no such leaf');
  const sides: ('left' | 'right')[] = [];
  for (let [at, count] = [index, size]; count > 1;) {
    let split = 1;
    while (split * 2 < count) split *= 2;
    sides.push(at < split ? 'right' : 'left');
    [at, count] = at < split ? [at, split] : [at - split, count - split];
  }
  return sides.reverse();
}

async function sha256(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
