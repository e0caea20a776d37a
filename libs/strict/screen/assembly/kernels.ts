// The loops that meet every byte of a dump, in AssemblyScript: compiled to WebAssembly with SIMD by `npm run build`.
// Pointers are byte offsets into the one memory that the host lays out; results are little-endian u32s at `out`, and a kernel
// returns how many it wrote. `src/kernels/plain-kernels.ts` says the same in TypeScript: both give equal results on equal bytes.

const PAGE: usize = 4096;

/** Marks each page of `pages` at `page` that is one 32-bit word over and over, as a byte each. */
export function constantPages(page: usize, pages: i32, out: usize): void {
  for (let i = 0; i < pages; i++, page += PAGE) {
    const first = i32x4.splat(load<i32>(page));
    let differs = i32x4.splat(0);
    for (let block = page; block < page + PAGE; block += 512) {
      for (let at = block; at < block + 512; at += 64) {
        const left = v128.or(v128.xor(v128.load(at), first), v128.xor(v128.load(at, 16), first));
        const right = v128.or(v128.xor(v128.load(at, 32), first), v128.xor(v128.load(at, 48), first));
        differs = v128.or(differs, v128.or(left, right));
      }
      if (v128.any_true(differs)) break;
    }
    store<u8>(out + i, v128.any_true(differs) ? 0 : 1);
  }
}

/**
 * Places in [from, to) at which some anchor's chosen four bytes may stand. `masks` holds six rows of sixteen bytes: which of eight
 * groups admit a low and a high half of each of the first three bytes; `filter` is a bit set over a hash of all four.
 */
export function anchorPlaces(from: usize, to: usize, masks: usize, filter: usize, shift: i32, out: usize): i32 {
  const low0 = v128.load(masks);
  const high0 = v128.load(masks, 16);
  const low1 = v128.load(masks, 32);
  const high1 = v128.load(masks, 48);
  const low2 = v128.load(masks, 64);
  const high2 = v128.load(masks, 80);
  const half = i8x16.splat(15);
  const none = i8x16.splat(0);
  let count = 0;
  for (let at = from; at < to; at += 16) {
    const a = v128.load(at);
    const b = v128.load(at, 1);
    const c = v128.load(at, 2);
    const groups = v128.and(
      v128.and(
        v128.and(i8x16.swizzle(low0, v128.and(a, half)), i8x16.swizzle(high0, i8x16.shr_u(a, 4))),
        v128.and(i8x16.swizzle(low1, v128.and(b, half)), i8x16.swizzle(high1, i8x16.shr_u(b, 4))),
      ),
      v128.and(i8x16.swizzle(low2, v128.and(c, half)), i8x16.swizzle(high2, i8x16.shr_u(c, 4))),
    );
    let lanes = ~i8x16.bitmask(i8x16.eq(groups, none)) & 0xffff;
    while (lanes != 0) {
      const place = at + ctz(lanes);
      lanes &= lanes - 1;
      if (place >= to) break;
      const hash = (load<u32>(place) * 0x9e3779b1) >>> shift;
      if ((load<u8>(filter + (hash >>> 3)) & (1 << (hash & 7))) == 0) continue;
      store<u32>(out + (count << 2), <u32>place);
      count++;
    }
  }
  return count;
}

/** Words in [from, to) from which on two linear relations of an AES key schedule hold, forwards or with its rounds reversed. */
export function scheduleWords(from: usize, to: usize, out: usize): i32 {
  const zero = i32x4.splat(0);
  let count = 0;
  for (let at = from; at < to; at += 16) {
    const w1 = v128.load(at, 4);
    const w2 = v128.load(at, 8);
    const w4 = v128.load(at, 16);
    const w5 = v128.load(at, 20);
    const w6 = v128.load(at, 24);
    const w7 = v128.load(at, 28);
    const w8 = v128.load(at, 32);
    const w9 = v128.load(at, 36);
    const w10 = v128.load(at, 40);
    const sum01 = v128.xor(v128.load(at), w1);
    const sum12 = v128.xor(w1, w2);
    const forward128 = v128.or(v128.xor(v128.xor(w1, w4), w5), v128.xor(v128.xor(w2, w5), w6));
    const forward192 = v128.or(v128.xor(v128.xor(w1, w6), w7), v128.xor(v128.xor(w2, w7), w8));
    const forward256 = v128.or(v128.xor(v128.xor(w1, w8), w9), v128.xor(v128.xor(w2, w9), w10));
    const reversed128 = v128.or(v128.xor(sum01, w5), v128.xor(sum12, w6));
    const reversed192 = v128.or(v128.xor(sum01, v128.load(at, 44)), v128.xor(sum12, w4));
    const reversed256 = v128.or(v128.xor(sum01, w9), v128.xor(sum12, w10));
    let hits = v128.or(i32x4.eq(forward128, zero), i32x4.eq(forward192, zero));
    hits = v128.or(hits, v128.or(i32x4.eq(forward256, zero), i32x4.eq(reversed128, zero)));
    hits = v128.or(hits, v128.or(i32x4.eq(reversed192, zero), i32x4.eq(reversed256, zero)));
    // A word of a schedule is zero once in 2^32: zeros obey every sum.
    hits = v128.andnot(hits, v128.or(i32x4.eq(w1, zero), i32x4.eq(w2, zero)));
    let lanes = i32x4.bitmask(hits);
    while (lanes != 0) {
      const word = at + ((<usize>ctz(lanes)) << 2);
      lanes &= lanes - 1;
      if (word >= to) break;
      store<u32>(out + (count << 2), <u32>word);
      count++;
    }
  }
  return count;
}

/** A limb of a large number: no pointer, no small number, no repetition. */
function isRandom(limb: u64): bool {
  const top = <u32>(limb >>> 48);
  return top != 0 && top != 0xffff && <u32>limb != <u32>(limb >>> 32);
}

/** How many different bytes there are in a short run, up to eight limbs of it. */
function distinctBytes(at: usize, limbs: i32): i32 {
  let a: u64 = 0;
  let b: u64 = 0;
  let c: u64 = 0;
  let d: u64 = 0;
  const end = at + ((<usize>min(limbs, 8)) << 3);
  for (; at < end; at++) {
    const byte = load<u8>(at);
    const bit = (<u64>1) << (byte & 63);
    const quarter = byte >> 6;
    if (quarter == 0) a |= bit;
    else if (quarter == 1) b |= bit;
    else if (quarter == 2) c |= bit;
    else d |= bit;
  }
  return <i32>(popcnt(a) + popcnt(b) + popcnt(c) + popcnt(d));
}

/**
 * Runs of random limbs that begin in [from, to) and reach to `end` at most: where, and how many limbs, as pairs. All are multiples
 * of 8. A run that began before `from`, but not before `floor`, is none of these. At most an eighth of a run is text, and one of up to eight
 * limbs has as many different bytes as `distinct` says.
 */
export function limbRuns(
  from: usize,
  to: usize,
  floor: usize,
  end: usize,
  fewest: i32,
  most: i32,
  distinct: i32,
  out: usize,
): i32 {
  let count = 0;
  let at = from;
  if (at > floor) while (at < to && isRandom(load<u64>(at - 8)) && isRandom(load<u64>(at))) at += 8;
  while (at < to) {
    if (!isRandom(load<u64>(at))) {
      at += 8;
      continue;
    }
    const start = at;
    let text = 0;
    for (; at < end; at += 8) {
      const limb = load<u64>(at);
      if (!isRandom(limb)) break;
      text += <i32>((limb & 0x8080808080808080) == 0);
    }
    const limbs = <i32>((at - start) >>> 3);
    if (limbs < fewest || limbs > most || text > max(1, limbs >> 3)) continue;
    if (limbs <= 8 && distinctBytes(start, limbs) < distinct) continue;
    store<u32>(out + (count << 2), <u32>start);
    store<u32>(out + (count << 2) + 4, <u32>limbs);
    count += 2;
  }
  return count;
}

/**
 * Words in [from, to) whose value lies in [`least`, `least` + `range`] and has a bit in the set `wanted` (one bit a value, counted from
 * zero): lengths that stand before numbers.
 */
export function countedWords(from: usize, to: usize, least: u32, range: u32, wanted: usize, out: usize): i32 {
  const base = i32x4.splat(least);
  const width = i32x4.splat(range);
  let count = 0;
  for (let at = from; at < to; at += 16) {
    let lanes = i32x4.bitmask(i32x4.le_u(i32x4.sub(v128.load(at), base), width));
    while (lanes != 0) {
      const place = at + ((<usize>ctz(lanes)) << 2);
      lanes &= lanes - 1;
      if (place >= to) break;
      const value = load<u32>(place);
      if ((load<u8>(wanted + (value >>> 3)) & (1 << (value & 7))) == 0) continue;
      store<u32>(out + (count << 2), <u32>place);
      count++;
    }
  }
  return count;
}

/** Places in [from, to) whose next eight bytes have both their bits in the set `filter` of 2^(32 - `shift`) bits. */
export function windowPlaces(from: usize, to: usize, filter: usize, shift: i32, out: usize): i32 {
  let count = 0;
  for (let at = from; at < to; at++) {
    const hash = (load<u32>(at) * 0x9e3779b1) ^ (load<u32>(at, 4) * 0x85ebca6b);
    const first = hash >>> shift;
    if ((load<u8>(filter + (first >>> 3)) & (1 << (first & 7))) == 0) continue;
    const second = (hash * 0x2c1b3c6d) >>> shift;
    if ((load<u8>(filter + (second >>> 3)) & (1 << (second & 7))) == 0) continue;
    store<u32>(out + (count << 2), <u32>at);
    count++;
  }
  return count;
}
