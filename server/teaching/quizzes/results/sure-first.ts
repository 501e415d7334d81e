/** Puts the rows of these addresses first and flags them; otherwise the order stays. */
export function sureFirst<Row extends { readonly lessonHref: string }>(
  rows: readonly Row[],
  hrefs: readonly string[],
): (Row & { readonly sure: boolean })[] {
  const marked = rows.map(row => ({ ...row, sure: hrefs.includes(row.lessonHref) }));
  return marked.sort((a, b) => Number(b.sure) - Number(a.sure));
}
