/** A cache forgets everything beyond this many entries; whatever is asked for again is read again. */
const MOST_ENTRIES = 10_000;

/**
 * A cache of what was read a moment ago. A read is trusted for a limited time, measured in elapsed milliseconds
 * (`performance.now()`): a clock that is set back does not prolong it.
 */
export class RecentReads<T> {
  readonly #trustedFor: number;
  readonly #until: () => number;
  readonly #reads = new Map<string, { value: T; until: number }>();
  #removals = 0;

  /** `trustedFor`: how long a read counts, from its beginning (ms). `until`: when no read counts any more, in elapsed ms. */
  constructor(trustedFor: number, until: () => number = () => Infinity) {
    this.#trustedFor = trustedFor;
    this.#until = until;
  }

  /** What was read under a key and is trusted still at `at`. */
  get(key: string, at: number): T | undefined {
    const read = this.#reads.get(key);
    return read && Math.min(read.until, this.#until()) > at ? read.value : undefined;
  }

  /** What was read last under a key, however long ago. */
  newest(key: string): T | undefined {
    return this.#reads.get(key)?.value;
  }

  /**
   * A read begins at `at`. Returns what keeps its result. If anything was removed meanwhile, the result may be older than
   * the change that removed it, and is not kept.
   */
  reading(at: number): (key: string, value: T) => void {
    const removals = this.#removals;
    return (key, value) => {
      if (removals !== this.#removals) return;
      if (this.#reads.size >= MOST_ENTRIES) this.#reads.clear();
      this.#reads.set(key, { value, until: at + this.#trustedFor });
    };
  }

  /** Remove what is kept under a key, after a change. */
  remove(key: string): void {
    this.#removals += 1;
    this.#reads.delete(key);
  }

  /** Remove everything, after a change. */
  clear(): void {
    this.#removals += 1;
    this.#reads.clear();
  }
}
