import type { CsvTable } from './csv.js';

/** The name of the file that describes a CSV file, beside it. */
export const csvMetadataName = (file: string): string => `${file}-metadata.json`;

const APOSTROPHE = 'A text that a spreadsheet would take for a formula has an apostrophe in front.';

/** Its media type. */
export const CSV_METADATA_TYPE = 'application/csvm+json';

/**
 * What the columns of a CSV file hold and mean, for programs (W3C, Metadata Vocabulary for Tabular Data). `file`: its name; the
 * two lie side by side. An empty cell is no value. `about`: what the whole file is, each a sentence.
 */
export function csvMetadata(
  { columns, about = [] }: Pick<CsvTable, 'columns'> & { readonly about?: readonly string[] },
  file: string,
): string {
  const description = {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
    url: file,
    'dc:description': [...about, APOSTROPHE].join(' '),
    dialect: { encoding: 'utf-8', header: true, lineTerminators: ['\r\n'], doubleQuote: true },
    tableSchema: {
      columns: columns.map(({ name, type, says }, at) => ({
        name: nameOf(name, at),
        titles: name,
        datatype: type,
        null: '',
        ...(says ? { 'dc:description': says } : {}),
      })),
    },
  };
  return `${JSON.stringify(description, null, 2)}\n`;
}

/** A name that the vocabulary allows: letters, digits and underscores. One of no such letters is called by its place. */
function nameOf(title: string, at: number): string {
  const name = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return /^[a-z]/.test(name) ? name : `column_${at + 1}`;
}
