/** Rows by one of their columns. */
export function groupedBy<R, K extends keyof R>(all: readonly R[], key: K): Map<R[K], R[]> {
  const found = new Map<R[K], R[]>();
  for (const each of all) {
    const own = found.get(each[key]);
    if (own) own.push(each);
    else found.set(each[key], [each]);
  }
  return found;
}
