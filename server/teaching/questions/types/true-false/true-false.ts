import { ownView } from '../../../../platform/lib/own-view.js';
import type { z } from 'zod';
import type { Translate } from '../../../../platform/i18n/i18n.js';
import { sameAnswer, type Answer } from '../../answer.js';
import { readChosen, readTexts } from '../../form.js';
import { optionFindings } from '../../option-findings.js';
import {
  chosenOptions,
  explainOptions,
  lettersOf,
  optionChoices,
  optionJudging,
  presentOptions,
  wrongOptions,
} from '../../options.js';
import { FULL_POINTS, type Mending, type QuestionType } from '../../question-type.js';
import { SECONDS } from '../../seconds.js';
import { brokenBy, guardedRule, ownRule } from '../../unsafe-choices.js';
import { SIDES, sideChoices, trueFalseSchema } from './true-false-schema.js';

/**
 * A statement, true or false, and the reason; both must be right, since a coin finds the first alone.
 * Form fields: `truth` ('true' or 'false') and `reason`. Answer: `{truth: 'false', reason: 'b'}`,
 * either of them left out while it is not given.
 */
export const trueFalse: QuestionType<z.infer<typeof trueFalseSchema>> = {
  name: 'true-false',
  label: t => t('statistics.kind.true-false'),
  itemSchema: trueFalseSchema,
  isBanked: true,
  isShort: true,
  findings: optionFindings,
  wording: item => item,
  seconds: () => SECONDS.choice,

  view: ownView('teaching/questions/types/true-false'),
  ownWords: [],
  present: (item, optionOrder) => ({
    type: item.type,
    stem: item.stem,
    options: presentOptions(item.options, optionOrder),
  }),
  hint: () => '',
  parse(form, item) {
    const truths = readTexts(form, 'truth');
    const reasons = readChosen(form, { field: 'reason', options: item.options, most: 1 });
    if (!reasons.ok) return reasons;
    if (truths === null || truths.length > 1 || !truths.every(isTruth))
      return { ok: false, problem: 'unreadable' };
    const response = withoutGaps({ truth: truths[0], reason: reasons.ids[0] });
    return Object.keys(response).length === 0 ? { ok: false, problem: 'missing' } : { ok: true, response };
  },
  isComplete: (item, response) =>
    readTruth(response) !== null && item.options.some(option => option.id === response.reason),
  mending: (_, response, t) => halfToMend(response, t),
  same: sameAnswer,

  grade(item, response) {
    if (!trueFalse.isComplete(item, response)) return 0;
    return readTruth(response) === item.truth && response.reason === item.key[0] ? FULL_POINTS : 0;
  },
  unsafe: (item, { truth = [], reason = [] }) => brokenBy(item, [truth, reason].flat()),
  ruleOfMiss: guardedRule,
  canBreak: ownRule,
  partIsClose: false,
  correctResponse: item => ({ truth: String(item.truth), reason: item.key[0] ?? '' }),
  wrongResponse: item => ({ truth: String(!item.truth), reason: wrongOptions(item)[0] ?? '' }),
  /** One in two for the statement, times one in as many as there are reasons. */
  guessScore: item => 1 / (2 * item.options.length),

  summarise(item, response, t) {
    const truth = readTruth(response);
    const reasons = chosenOptions(item.options, response.reason).map(option => option.text);
    return truth === null ? reasons : [t(truth ? 'question.true' : 'question.false'), ...reasons];
  },
  explain: (item, response) => explainOptions(item, response.reason),
  /** The options are the reasons. */
  remark: (item, t) => t(`question.statement.${item.truth}`),
  reviewView: ownView('teaching/questions/_explained'),
  review: (item, response) => ({ options: explainOptions(item, response.reason) }),

  choices: item => [...sideChoices(item), ...optionChoices(item)],
  chosen: (_, { truth = [], reason = [] }) => [...new Set([truth, reason].flat())],
  choiceName: (id, t) => (id === 'true' ? t('question.true') : id === 'false' ? t('question.false') : id),
  /** A right reason beside the wrong statement says nothing of the situation. */
  judging: (item, response) => optionJudging(item.options, response?.reason),

  exchange: item => ({
    item: { ...item, form: 'statement' },
    losses: { gift: [{ code: 'two-questions' }], moodle: [{ code: 'lost-whole' }], qti: [] },
  }),
  importedFrom: 'statement',

  acceptsAnswers: true,
  parts: item => lettersOf(item.options),
};

function isTruth(text: string): boolean {
  return SIDES.some(side => side === text);
}

function readTruth({ truth }: Answer): boolean | null {
  return typeof truth === 'string' && isTruth(truth) ? truth === 'true' : null;
}

function withoutGaps(fields: Record<string, string | undefined>): Answer {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** The half that is blank, where one half is kept. */
function halfToMend(response: Answer, t: Translate): Mending {
  const [half] = (['truth', 'reason'] as const).filter(name => response[name] === undefined);
  if (!half || Object.keys(response).length === 0) return { field: 'truth', open: [], lack: null };
  return { field: half, open: [half], lack: t(`question.lack.${half}`) };
}
