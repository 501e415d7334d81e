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

/** Values as JSON in bytes of their own, which can change threads without a copy. */
export type JsonBytes = Uint8Array<ArrayBuffer>;

export const jsonBytes = (text: string): JsonBytes => new TextEncoder().encode(text);

/** The values of parts; however often they are gone through, those of one part are held at a time. */
export const valuesOf = <T>(parts: readonly JsonBytes[]): Iterable<T> => ({
  *[Symbol.iterator]() {
    const decoder = new TextDecoder();
    for (const bytes of parts) yield* JSON.parse(decoder.decode(bytes)) as T[];
  },
});

/** The values of parts, once: each part is taken off, so that its bytes are not held beside what comes of them. */
export function* takenFrom<T>(parts: JsonBytes[]): Generator<T> {
  const decoder = new TextDecoder();
  for (let bytes = parts.shift(); bytes; bytes = parts.shift())
    yield* JSON.parse(decoder.decode(bytes)) as T[];
}
