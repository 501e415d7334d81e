import type { PackFile } from '../../../platform/lib/zip.js';
import type { Views } from '../../../platform/http/views.js';
import { translator } from '../../../platform/i18n/i18n.js';
import { notExported, type ExportedKind } from './collect-data.js';

/** The shape of the files, for programs: raised when a field changes its meaning. */
const FORMAT = 1;

/**
 * The files of an export: a page for people, `about.json` with what is in it and what is not, and `data/<kind>.json` for each kind:
 * `{kind, what, rows}`. `made`: ISO 8601.
 */
export async function* exportPack(
  kinds: readonly ExportedKind[],
  { made, views }: { made: string; views: Views },
): AsyncGenerator<PackFile> {
  const t = translator('en');
  const named = kinds.map(({ kind, rows }) => ({ kind, what: t(`dataExport.kind.${kind}`), rows }));
  const files = named.map(({ kind, what, rows }) => ({ file: fileOf(kind), what, rows: rows.length }));
  await Promise.resolve();
  yield {
    path: 'your-data.html',
    content: views.renderFragment('office/privacy/exported', exportedPage(named, made), {
      locale: 'en',
      dir: 'ltr',
      t,
    }),
  };
  yield { path: 'about.json', content: inJson({ format: FORMAT, made, files, notIncluded: notExported() }) };
  for (const each of named) yield { path: fileOf(each.kind), content: inJson(each) };
}

const fileOf = (kind: string): string => `data/${kind}.json`;

const inJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** What the page shows: each kind that has rows as records of labelled values, and which kinds have none. */
const exportedPage = (kinds: readonly (ExportedKind & { readonly what: string })[], made: string) => ({
  made: made.slice(0, 10),
  parts: kinds
    .filter(({ rows }) => rows.length > 0)
    .map(({ kind, what, rows }) => ({
      id: kind,
      what,
      records: rows.map(row =>
        Object.entries(row).flatMap(([name, value]) =>
          value === null || value === '' ? [] : [{ label: labelOf(name), value: textOf(value) }],
        ),
      ),
    })),
  empty: kinds.filter(({ rows }) => rows.length === 0).map(({ what }) => what),
  missing: notExported().map(({ why }) => why),
});

/** `completedOn` as "Completed on". */
function labelOf(name: string): string {
  const words = name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d\.\d{3}Z$/, '$1, $2 UTC')
    : JSON.stringify(value);
