/**
 * The word of `known` that was probably meant by `word`: at most `most` letters were added, left out or changed (two swapped
 * letters count twice), ignoring case. Null when none is that near.
 */
export function nearestWord(word: string, known: readonly string[], most = 2): string | null {
  const typed = word.toUpperCase();
  const near = known
    .filter(each => Math.abs(each.length - typed.length) <= most)
    .map(each => ({ each, distance: distance(typed, each.toUpperCase()) }))
    .filter(found => found.distance <= most)
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.each ?? null;
}

/** Levenshtein's distance, one row at a time. */
function distance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...from].entries()) {
    const row = [line + 1];
    for (const [column, other] of [...to].entries()) {
      const changed = (above[column] ?? 0) + (letter === other ? 0 : 1);
      row.push(Math.min(changed, (above[column + 1] ?? 0) + 1, (row[column] ?? 0) + 1));
    }
    above = row;
  }
  return above.at(-1) ?? 0;
}
