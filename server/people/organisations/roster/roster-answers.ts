import { JsonParts, takenFrom, valuesOf } from './json-parts.js';
import { judgeRoster, type JudgedRow } from './preview/judge-roster.js';
import type { KnownMember, KnownUnit } from './preview/known-people.js';
import { summaryOf } from './preview/summary.js';
import { readRoster } from './reading/read-roster.js';
import type { TableRow } from './reading/roster-table.js';
import type { RosterFileAnswer, PreviewAnswer, RosterQuestion } from './roster-thread.js';
import { storedVerdict, type StoredVerdict } from './stored-verdicts.js';

/** Answers what the roster thread is asked. */
export const answerRoster = (question: RosterQuestion): Promise<RosterFileAnswer | PreviewAnswer> =>
  question.kind === 'read' ? answerFile(question.bytes) : Promise.resolve(answerPreview(question));

async function answerFile(bytes: Uint8Array): Promise<RosterFileAnswer> {
  const parts = new JsonParts<TableRow>();
  const read = await readRoster(bytes, row => parts.add(row));
  if (!read.ok) return { kind: 'refused', refusal: read.refusal, line: read.line };
  return { kind: 'read', ...read.table, rowCount: read.rowCount, parts: parts.texts() };
}

type Comparison = Extract<RosterQuestion, { kind: 'preview' }>;
/** The verdicts of rows, and of those who leave without one. */
type Kept = Record<'verdicts' | 'leaves', JsonParts<StoredVerdict>>;

function answerPreview({ parts, members, units, options }: Comparison): PreviewAnswer {
  const organisation = {
    members: takenFrom<KnownMember>(members),
    units: JSON.parse(units) as KnownUnit[],
  };
  const kept: Kept = { verdicts: new JsonParts(), leaves: new JsonParts() };
  const summary = summaryOf(keeping(kept, judgeRoster(valuesOf<TableRow>(parts), organisation, options)));
  return { kind: 'previewed', verdicts: kept.verdicts.texts(), leaves: kept.leaves.texts(), summary };
}

/** Keeps each verdict on its way to the summary. */
function* keeping({ verdicts, leaves }: Kept, judged: Iterable<JudgedRow>): Generator<JudgedRow> {
  for (const each of judged) {
    (each.row.line === 0 ? leaves : verdicts).add(storedVerdict(each));
    yield each;
  }
}
