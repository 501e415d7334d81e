/** The header of a CSV file, as the description beside it names the columns. */
export const titlesIn = (description: string): string =>
  (JSON.parse(description) as { tableSchema: { columns: { titles: string }[] } }).tableSchema.columns
    .map(({ titles }) => titles)
    .join(',');
