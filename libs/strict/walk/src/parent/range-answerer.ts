import { type FileRange, isRangeOf } from '@crashkeep/snapshot';
import { WalkError } from '../walk-error.js';
import { ANSWER_BYTES_MAX, type Budget, RANGES_PER_ASK } from '../wire/limits.js';
import type { AsyncRangeSource } from './async-range-source.js';

/** What a walk cost so far. */
export interface WalkCost {
  readonly rounds: number;
  readonly dumpBytes: number;
  readonly symbolBytes: number;
}

/** Asks that may come after the budget is spent: a child that is told so ends its walk with what it has. */
const ROUNDS_AFTER_BUDGET = 64;
const DUMP = 0;

/** Answers a child's asks for ranges within a budget. Every number is checked: the child may be anyone's by now. */
export class RangeAnswerer {
  readonly #budget: Budget;
  readonly #sources: (AsyncRangeSource | null)[];
  #rounds = 0;
  #dumpBytes = 0;
  #symbolBytes = 0;

  constructor(dump: AsyncRangeSource, budget: Budget) {
    this.#sources = [dump];
    this.#budget = budget;
  }

  get cost(): WalkCost {
    return { rounds: this.#rounds, dumpBytes: this.#dumpBytes, symbolBytes: this.#symbolBytes };
  }

  /** For bytes that were sent without being asked for. */
  countPushed(bytes: number): void {
    this.#dumpBytes += bytes;
  }

  /** The number by which the child may ask for it. */
  addSource(source: AsyncRangeSource): number {
    return this.#sources.push(source) - 1;
  }

  /** False where the budget of rounds is spent. Throws where the child goes on all the same. */
  countRound(): boolean {
    this.#rounds++;
    if (this.#rounds > this.#budget.rounds + ROUNDS_AFTER_BUDGET) throw new WalkError('walk.budget-exhausted');
    return this.#rounds <= this.#budget.rounds;
  }

  /** The bytes, or null where the budget does not allow them. */
  async answer(number: number, ranges: readonly FileRange[]): Promise<Uint8Array[] | null> {
    const source = this.#sources[number];
    const bytes = ranges.reduce((sum, { length }) => sum + length, 0);
    if (
      source === null ||
      source === undefined ||
      ranges.length > RANGES_PER_ASK ||
      bytes > ANSWER_BYTES_MAX ||
      !ranges.every(({ offset, length }) => isRangeOf(source.size, offset, length))
    ) {
      throw new WalkError('walk.bad-answer');
    }
    if (!this.countRound() || !this.#spend(number, bytes)) return null;
    try {
      return await Promise.all(ranges.map(({ offset, length }) => source.read(offset, length)));
    } catch (cause) {
      throw new WalkError('walk.source-failed', { cause });
    }
  }

  #spend(number: number, bytes: number): boolean {
    if (number === DUMP) {
      if (this.#dumpBytes + bytes > this.#budget.dumpBytes) return false;
      this.#dumpBytes += bytes;
      return true;
    }
    if (this.#symbolBytes + bytes > this.#budget.symbolBytes) return false;
    this.#symbolBytes += bytes;
    return true;
  }
}
