import type { Cell } from '../../../lib/text/csv.js';
import { columnsOf, csvParts } from '../../../lib/text/csv.js';
import type { PackFile } from '../../../lib/zip.js';
import { chunks } from '../../../lib/chunks.js';
import type { PackScope } from './pack-scope.js';

/** A table of a pack that has records of people: of each some, read for many people at once. */
export interface PeopleTable {
  readonly path: string;
  readonly columns: readonly string[];
  readonly recordsOf: (scope: PackScope, membershipIds: readonly string[]) => Promise<Cell[][]>;
}

/** People read at once: the memory that a pack costs does not grow with it. */
const CHUNK = 500;

/** The table as a file. `seen` hears of how many people it has told. */
export function tableFile(
  { path, columns, recordsOf }: PeopleTable,
  scope: PackScope,
  seen: (people: number) => Promise<void>,
): PackFile {
  const parts = async function* () {
    let done = 0;
    for (const membershipIds of chunks(scope.people, CHUNK)) {
      yield await recordsOf(scope, membershipIds);
      await seen((done += membershipIds.length));
    }
  };
  return { path, content: texts({ columns: columnsOf('string', ...columns), parts: parts() }) };
}

/** A short table that is at hand as a whole. */
export const shortTable = (path: string, columns: readonly string[], records: Cell[][]): PackFile => ({
  path,
  content: texts({ columns: columnsOf('string', ...columns), parts: [records] }),
});

async function* texts(table: Parameters<typeof csvParts>[0]): AsyncGenerator<string> {
  for await (const { text } of csvParts(table)) yield text;
}
