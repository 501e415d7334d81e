/** What the program is composed of, for parts that must not import it: composition sets it once, before anything reads it. */
export interface Installed<T> {
  readonly set: (value: T) => void;
  /** Throws where nothing was set: the program that runs has left composition out. */
  readonly get: () => T;
}

/** A place for such a value. `what` names it in the fault. */
export function installed<T>(what: string): Installed<T> {
  let kept: { readonly value: T } | null = null;
  return {
    set: value => void (kept = { value }),
    get: () => {
      if (!kept) throw new Error(`Nothing says what the ${what} are: import server/slices.js first`);
      return kept.value;
    },
  };
}
