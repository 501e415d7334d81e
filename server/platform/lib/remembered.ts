/**
 * A function that keeps its last `most` results by the key of its arguments, the most recently used for longest. The
 * result must follow from the key alone, and callers share it: nobody may change it.
 */
export function remembered<Arguments extends unknown[], Result>(
  { most, keyOf }: { most: number; keyOf: (...given: Arguments) => string },
  make: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
  const recent = new Map<string, Result>();
  return (...given) => {
    const key = keyOf(...given);
    const known = recent.get(key);
    const result = known === undefined ? make(...given) : known;
    recent.delete(key);
    recent.set(key, result);
    if (recent.size > most) recent.delete(recent.keys().next().value as string);
    return result;
  };
}
