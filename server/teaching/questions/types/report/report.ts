import { ownView } from '../../../../platform/lib/own-view.js';
import type { Translate } from '../../../../platform/i18n/i18n.js';
import { sameAnswer, type Answer } from '../../answer.js';
import { readTexts } from '../../form.js';
import { feedbackWarnings } from '../../option-findings.js';
import { lettersOf } from '../../options.js';
import type { Mending, Parsed, Presented, QuestionType } from '../../question-type.js';
import { ownRule } from '../../unsafe-choices.js';
import { SECONDS } from '../../seconds.js';
import {
  FIELD_LIMIT,
  REPORT_FIELDS,
  isTooLong,
  openFieldsOf,
  recordPoints,
  reviewRecord,
  textIn,
  tidy,
  type ReportField,
} from './report-record.js';
import { reportSchema, type ReportItem } from './report-schema.js';

/** `label` is null where the page's own word for the field will do. */
interface PresentedReport extends Presented {
  readonly fields: readonly { readonly id: ReportField; readonly label: string | null }[];
  readonly limit: number;
}

/**
 * The record of a case, written in fields of its own. Form fields: `time`, `place`, `behaviour`, `words`, `told`, as many
 * as the item asks for. Answer: `{time: '14:05', place: 'Gate 14'}`, blank ones left out.
 *
 * Graded by presence, never for the right story: one share for each field that holds what can stand in it, less one
 * for each word that describes how people are or that judges (`report-words.ts`), never below nothing. What people
 * are quoted to have said, in the field of words, is not judged: it is written down as it was heard.
 */
export const report: QuestionType<ReportItem> = {
  name: 'report',
  label: t => t('statistics.kind.report'),
  itemSchema: reportSchema,
  isBanked: true,
  isShort: false,
  findings: item => ({ faults: [], warnings: feedbackWarnings(item.fields.map(({ feedback }) => feedback)) }),
  /** The words to leave out are shown to nobody who did not write them. */
  wording: item => ({ ...item, avoid: [] }),
  seconds: () => SECONDS.writing,

  view: ownView('teaching/questions/types/report'),
  ownWords: REPORT_FIELDS,
  present(item, optionOrder): PresentedReport {
    if (optionOrder.length > 0) throw new RangeError('A report has no options to be put in an order');
    const fields = item.fields.map(({ id, label }) => ({ id, label: label ?? null }));
    return { type: item.type, stem: item.stem, options: [], fields, limit: FIELD_LIMIT };
  },
  hint: () => '',
  parse(form, item): Parsed {
    const response: Record<string, string> = {};
    for (const { id } of item.fields) {
      const typed = readTexts(form, id);
      if (typed === null || typed.length > 1) return { ok: false, problem: 'unreadable' };
      const kept = tidy(typed[0] ?? '');
      if (kept !== '') response[id] = kept;
    }
    const texts = Object.values(response);
    if (texts.length === 0) return { ok: false, problem: 'missing' };
    if (texts.some(isTooLong)) return { ok: false, problem: 'too-long', typed: response };
    return { ok: true, response };
  },
  isComplete: (item, response) => item.fields.every(({ id }) => textIn(response, id) !== ''),
  mending: boxesToMend,
  same: sameAnswer,

  grade: recordPoints,
  unsafe: () => [],
  ruleOfMiss: ({ critical }) => critical,
  canBreak: ownRule,
  partIsClose: false,
  correctResponse: item => Object.fromEntries(item.fields.map(({ id }) => [id, tidy(item.model[id] ?? '')])),
  /** A mark in every box says nothing. */
  wrongResponse: item => Object.fromEntries(item.fields.map(({ id }) => [id, '?'])),
  /** Nothing: there is nothing to choose blindly from, and a field left blank has no share. */
  guessScore: () => 0,

  summarise: (item, response) =>
    item.fields.map(({ id }) => textIn(response, id)).filter(each => each !== ''),
  /** The model record, field by field: one way to write it, beside the learner's own. */
  explain(item, response) {
    const { fields } = reviewRecord(item, response);
    return item.fields.map(({ id, label, feedback }, at) => ({
      label: label ?? id,
      text: item.model[id] ?? '',
      feedback,
      chosen: fields[at]?.holds ?? false,
      correct: true,
      instead: fields[at]?.text || null,
    }));
  },
  remark: () => null,
  reviewView: ownView('teaching/questions/types/report-review'),
  /** What was found in each box, the words to leave out, and the model beside it. */
  review(item, response) {
    const { fields, judged } = reviewRecord(item, response);
    return {
      verdict: answerVerdict(item, response),
      judged,
      fields: item.fields.map(({ id, label, feedback }, at) => ({
        ...fields[at],
        id,
        label: label ?? null,
        feedback,
        model: item.model[id] ?? '',
      })),
    };
  },

  choices: () => [],
  chosen: () => [],
  choiceName: id => id,
  /** There is nothing to choose, but words that describe how people are go by looks. */
  judging(item, response) {
    const judged = response === undefined ? [] : reviewRecord(item, response).judged;
    return { offered: [], given: judged.some(({ kind }) => kind === 'appearance') ? ['appearance'] : [] };
  },

  /** Other programs know no such question. */
  exchange: () => null,
  importedFrom: null,

  acceptsAnswers: false,
  parts: item => lettersOf(item.fields),
};

/** What is said of a whole record. */
export function answerVerdict(item: ReportItem, response: Answer): string[] {
  const { fields, judged } = reviewRecord(item, response);
  const kinds = judged.map(({ kind }) => kind);
  return [
    fields.every(({ holds }) => holds) ? item.feedback.complete : item.feedback.missing,
    ...(kinds.includes('appearance') ? [item.feedback.appearance] : []),
    ...(kinds.includes('finding') ? [item.feedback.finding] : []),
  ];
}

/** The boxes that are blank or hold too much, in what was kept or, as it was too long, was not. */
function boxesToMend(item: ReportItem, response: Answer, t: Translate): Mending {
  const open = openFieldsOf(item, response);
  const [first] = item.fields;
  const isKept = Object.keys(response).length > 0;
  const long = open.find(id => textIn(response, id) !== '');
  const asked = isKept ? t('question.lack.reportKept') : t('question.lack.report');
  const lack = long ? t('question.lack.reportLong', { limit: FIELD_LIMIT }) : asked;
  return { field: long ?? open[0] ?? first?.id ?? '', open, lack: open.length === 0 ? null : lack };
}
