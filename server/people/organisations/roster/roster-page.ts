import { formatDate, formatTime, type Place, type Translate } from '../../../platform/i18n/i18n.js';
import { fieldName } from './choice-form.js';
import type { Changed } from './preview/compare.js';
import {
  ROW_VERDICTS,
  type FaultGroup,
  type PersonQuestion,
  type RowExample,
  type Summary,
  type VerdictKind,
} from './preview/summary.js';
import { FIELDS, type Field } from './reading/columns.js';
import type { TableRow } from './reading/roster-table.js';
import type { RosterChoice, RosterFacts, rostersOf } from './rosters.js';

/** In which words and where a page is read. */
export interface Reading {
  readonly t: Translate;
  readonly place: Place;
}

/** The addresses of one roster. */
export const addressesOf = ({ id, organisationId }: Pick<RosterFacts, 'id' | 'organisationId'>) => {
  const list = `/organisations/${organisationId}/roster`;
  const page = `${list}/${id}`;
  return {
    ...{ list, page, columns: `${page}/columns`, preview: `${page}/preview`, answers: `${page}/answers` },
    ...{ confirmation: `${page}/confirmation`, faults: `${page}/faults.csv`, removal: `${page}/removal` },
  };
};

type Listed = Awaited<ReturnType<typeof rostersOf>>[number];

/** The rosters of an organisation, as its list shows them. */
export const listedRosters = (all: readonly Listed[], organisationId: string, { t, place }: Reading) =>
  all.map(({ id, fileName, rowCount, state, uploadedAt, removedAt }) => ({
    href: addressesOf({ id, organisationId }).page,
    name: fileName,
    facts: t('roster.listed', {
      rows: rowCount,
      date: formatDate(uploadedAt, place),
      time: formatTime(uploadedAt, place),
    }),
    state: removedAt !== null && state !== 'done' ? ('removed' as const) : state,
    stateText: t(`roster.state.${removedAt !== null && state !== 'done' ? 'removed' : state}`),
  }));

/** How a file was read, in words. */
export function sourceText({ source, rowCount }: RosterFacts, { t }: Reading): string {
  if (source.kind === 'workbook') return t('roster.workbook', { rows: rowCount, sheet: source.sheet });
  if (source.kind === 'one-roster') return t('roster.oneRoster', { rows: rowCount, version: source.version });
  const delimiter = t(`roster.delimiter.${DELIMITERS[source.delimiter]}`);
  return t('roster.text', { rows: rowCount, encoding: t(`roster.encoding.${source.encoding}`), delimiter });
}

const DELIMITERS = { ',': 'comma', ';': 'semicolon', '\t': 'tab' } as const;

/** The form in which each field gets its column, with the first rows of the file to look at. */
export function columnsValues(
  { header }: RosterFacts,
  chosen: Omit<RosterChoice, 'answers'>,
  { first, errors }: { first: readonly TableRow[]; errors: Readonly<Partial<Record<Field, string>>> },
  { t }: Reading,
) {
  const options = header.map((name, at) => ({
    value: String(at),
    label: name || t('roster.unnamed', { number: at + 1 }),
  }));
  return {
    selects: FIELDS.map(field => ({
      id: fieldName(field),
      name: fieldName(field),
      label: t(`roster.field.${field}`),
      hint: t(`roster.fieldHint.${field}`),
      blank: t('roster.noColumn'),
      value: chosen.columns[field] === undefined ? null : String(chosen.columns[field]),
      error: errors[field] ?? null,
      options,
    })),
    errors: Object.fromEntries(
      Object.entries(errors).map(([field, text]) => [fieldName(field as Field), text]),
    ),
    dayOrder: chosen.dayOrder ?? ('year-first' as const),
    isWhole: chosen.isWhole,
    makesUnits: chosen.makesUnits,
    columns: [{ label: t('roster.line') }, ...options.map(({ label }) => ({ label }))],
    rows: first.map(({ line, cells }) => [
      { text: line },
      ...header.map((_, at) => ({ text: (cells[at] ?? '').slice(0, 60), isName: true })),
    ]),
  };
}

/** Counts as figures: those that change something first. */
export const countFigures = (counts: Readonly<Record<VerdictKind, number>>, { t }: Reading) =>
  ROW_VERDICTS.map(kind => ({
    value: t('roster.whole', { number: counts[kind] }),
    label: t(`roster.verdict.${kind}`),
    ...(kind === 'fault' ? { kind: 'clay' as const } : {}),
  }));

/** What a preview says, in words. `mergeHref`: where entries of somebody are merged; null where the reader may not do so. */
export function previewValues(
  { counts, returns, faults, questions, examples, newUnits }: Summary,
  reading: Reading,
  mergeHref: (membershipId: string) => string | null,
) {
  const { t } = reading;
  const changes = counts.add + counts.move + counts.change + counts.leave;
  return {
    figures: countFigures(counts, reading),
    returns: returns > 0 ? t('roster.returns', { count: returns }) : null,
    changes,
    faulty: counts.fault,
    groups: faults.map(group => groupValues(group, reading)),
    questions: questions.map((question, at) => ({
      ...questionValues(question, at, reading),
      merging: mergingOf(question, mergeHref, t),
    })),
    units: newUnits.paths,
    moreUnits: newUnits.count - newUnits.paths.length,
    examples: ROW_VERDICTS.filter(kind => kind !== 'fault' && kind !== 'unchanged' && counts[kind] > 0).map(
      kind => ({
        caption: t(`roster.examples.${kind}`, { number: counts[kind], shown: examples[kind].length }),
        rows: examples[kind].map(row => [
          ...exampleCells(row, reading),
          { text: changedText(row.changed, t) },
        ]),
      }),
    ),
    exampleColumns: ['line', 'number', 'name', 'what'].map(column => ({
      label: t(`roster.column.${column}`),
    })),
  };
}

const exampleCells = ({ line, staffNumber, name }: RowExample, { t }: Reading) => [
  { text: line === 0 ? t('roster.notInFile') : line },
  { text: staffNumber, isName: true, code: true },
  { text: name.slice(0, 100), isName: true },
];

const changedText = (changed: readonly Changed[], t: Translate): string =>
  changed.length === 0 ? '' : t('roster.changes', { list: changed.map(what => t(`roster.changed.${what}`)) });

function groupValues({ code, count, examples }: FaultGroup, reading: Reading) {
  const { t } = reading;
  return {
    code,
    title: t(`roster.fault.${code}`, { count }),
    repair: t(`roster.repair.${code}`),
    rows: examples.map(({ found, near, ...row }) => [
      ...exampleCells(row, reading),
      { text: near && near.length > 0 ? t('roster.near', { found, near }) : found, isName: true },
    ]),
    columns: ['line', 'number', 'name', 'found'].map(column => ({ label: t(`roster.column.${column}`) })),
    more: count - examples.length,
  };
}

/** Who looks like a row may have two entries by now, of an earlier list that was taken for two people. */
function mergingOf(
  { code, like }: PersonQuestion,
  mergeHref: (membershipId: string) => string | null,
  t: Translate,
) {
  const href = code === 'look-alike' && like.id !== null ? mergeHref(like.id) : null;
  return href === null ? null : { href, text: t('roster.merge', { name: like.name }) };
}

function questionValues({ code, line, staffNumber, name, like }: PersonQuestion, at: number, { t }: Reading) {
  const other =
    like.staffNumber === null ? like.name : t('roster.person', { name: like.name, number: like.staffNumber });
  const same = like.id === null ? [] : [{ value: 'same', text: t(`roster.same.${code}`, { other }) }];
  const different = code === 'reused' ? [] : [{ value: 'new', text: t('roster.different') }];
  return {
    name: `answer-${at}`,
    legend: t(`roster.question.${code}`, { name, number: staffNumber, line, other }),
    choices: [...same, ...different],
    hint: like.id === null ? t('roster.earlierRow', { line: like.line ?? 0 }) : null,
  };
}
