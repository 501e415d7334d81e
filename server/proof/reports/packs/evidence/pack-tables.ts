import { csvParts, type Cell, type CsvColumn, type CsvTable } from '../../../../platform/lib/text/csv.js';
import { csvMetadata, csvMetadataName } from '../../../../platform/lib/text/csv-metadata.js';
import type { PackFile } from '../../../../platform/lib/zip.js';
import { chunks } from '../../../../platform/lib/lists/chunks.js';
import type { PackScope, PackTopic } from './pack-scope.js';

/** A table of a pack that has records of people: of each some, read for many people at once. */
export interface PeopleTable {
  readonly path: string;
  readonly columns: readonly string[];
  readonly recordsOf: (scope: PackScope, membershipIds: readonly string[]) => Promise<Cell[][]>;
}

/** People read at once: the memory that a pack costs does not grow with it. */
const CHUNK = 500;

/** A short table that is read as a whole. */
export interface ShortTable {
  readonly path: string;
  readonly columns: readonly string[];
  readonly records: (topic: PackTopic) => Promise<Cell[][]>;
}

/** The table as a file, and what its columns hold as another. `seen` hears of how many people it has told. */
export function* peopleFiles(
  { path, columns, recordsOf }: PeopleTable,
  scope: PackScope,
  seen: (people: number) => Promise<void>,
): Generator<PackFile> {
  const parts = async function* () {
    let done = 0;
    for (const membershipIds of chunks(scope.people, CHUNK)) {
      yield await recordsOf(scope, membershipIds);
      await seen((done += membershipIds.length));
    }
  };
  yield* described(path, { columns: columns.map(typed), parts: parts() });
}

/** The same for a short table. */
export async function* shortFiles(
  { path, columns, records }: ShortTable,
  topic: PackTopic,
): AsyncGenerator<PackFile> {
  yield* described(path, { columns: columns.map(typed), parts: [await records(topic)] });
}

function* described(path: string, table: CsvTable): Generator<PackFile> {
  yield { path, content: texts(table) };
  yield { path: csvMetadataName(path), content: csvMetadata(table, path) };
}

async function* texts(table: CsvTable): AsyncGenerator<string> {
  for await (const { text } of csvParts(table)) yield text;
}

const INTEGERS =
  /^(version|from_version|to_version|ruling|log_row|minutes|needed_minutes|people|credited|signature)$/;

/** What a column holds follows from its name, the same in every table. */
function typed(name: string): CsvColumn {
  if (INTEGERS.test(name)) return { name, type: 'integer' };
  if (/_at$/.test(name)) return { name, type: 'dateTime' };
  return { name, type: /^(from|to)$|_(on|day|from|to|until)$/.test(name) ? 'date' : 'string' };
}
