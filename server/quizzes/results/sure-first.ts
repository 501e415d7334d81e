/** The rows that are marked come first and say so; among themselves all rows keep their order. `hrefs` marks them. */
export function sureFirst<Row extends { readonly lessonHref: string }>(
  rows: readonly Row[],
  hrefs: readonly string[],
): (Row & { readonly sure: boolean })[] {
  const marked = rows.map(row => ({ ...row, sure: hrefs.includes(row.lessonHref) }));
  return marked.sort((a, b) => Number(b.sure) - Number(a.sure));
}
