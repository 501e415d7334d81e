import { chunks } from '../../lib/chunks.js';
import type { KnownMember, KnownUnit } from './preview/known-people.js';
import { judgeRoster } from './preview/judge-roster.js';
import { summaryOf } from './preview/summary.js';
import { readRoster } from './reading/read-roster.js';
import type { TableRow } from './reading/roster-table.js';
import { PART, storedVerdict } from './stored-verdicts.js';
import type { RosterFileAnswer, PreviewAnswer, RosterQuestion } from './roster-thread.js';

/** PersonAnswers what the roster thread is asked. */
export const answerRoster = (question: RosterQuestion): Promise<RosterFileAnswer | PreviewAnswer> =>
  question.kind === 'read' ? answerFile(question.bytes) : Promise.resolve(answerPreview(question));

async function answerFile(bytes: Uint8Array): Promise<RosterFileAnswer> {
  const read = await readRoster(bytes);
  if (!read.ok) return { kind: 'refused', refusal: read.refusal, line: read.line };
  const { rows, ...table } = read.table;
  return {
    kind: 'read',
    ...table,
    rowCount: rows.length,
    parts: chunks(rows, PART).map(part => JSON.stringify(part)),
  };
}

type Comparison = Extract<RosterQuestion, { kind: 'preview' }>;

function answerPreview({ parts, members, units, options }: Comparison): PreviewAnswer {
  const rows = parts.flatMap(part => JSON.parse(part) as TableRow[]);
  const organisation = {
    members: members.flatMap(page => JSON.parse(page) as KnownMember[]),
    units: JSON.parse(units) as KnownUnit[],
  };
  const { judged, leaves } = judgeRoster(rows, organisation, options);
  const stored = (all: typeof judged) =>
    chunks(all.map(storedVerdict), PART).map(part => JSON.stringify(part));
  return {
    kind: 'previewed',
    verdicts: stored(judged),
    leaves: stored(leaves),
    summary: summaryOf([...judged, ...leaves]),
  };
}
