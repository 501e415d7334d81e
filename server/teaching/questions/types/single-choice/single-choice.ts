import { ownView } from '../../../../platform/lib/own-view.js';
import type { z } from 'zod';
import { sameAnswer } from '../../answer.js';
import { readChosen } from '../../form.js';
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
import { FULL_POINTS, type QuestionType } from '../../question-type.js';
import { SECONDS } from '../../seconds.js';
import { brokenBy, guardedRule, ownRule } from '../../unsafe-choices.js';
import { singleChoiceSchema } from './single-choice-schema.js';

/** One right option among several. Form field: `choice`. Answer: `{choice: 'b'}`. */
export const single: QuestionType<z.infer<typeof singleChoiceSchema>> = {
  name: 'single',
  label: t => t('statistics.kind.single'),
  itemSchema: singleChoiceSchema,
  isBanked: true,
  isShort: true,
  findings: optionFindings,
  wording: item => item,
  seconds: () => SECONDS.choice,

  view: ownView('teaching/questions/types/single-choice'),
  ownWords: [],
  present: (item, optionOrder) => ({
    type: item.type,
    stem: item.stem,
    options: presentOptions(item.options, optionOrder),
  }),
  hint: (_, t) => t('question.chooseOne'),
  parse(form, item) {
    const chosen = readChosen(form, { field: 'choice', options: item.options, most: 1 });
    if (!chosen.ok) return chosen;
    const [choice] = chosen.ids;
    return choice === undefined ? { ok: false, problem: 'missing' } : { ok: true, response: { choice } };
  },
  isComplete: (item, response) => item.options.some(option => option.id === response.choice),
  mending: () => ({ field: 'choice', open: [], lack: null }),
  same: sameAnswer,

  grade: (item, response) =>
    single.isComplete(item, response) && item.key[0] === response.choice ? FULL_POINTS : 0,
  unsafe: (item, { choice = [] }) => brokenBy(item, [choice].flat()),
  ruleOfMiss: guardedRule,
  canBreak: ownRule,
  partIsClose: false,
  correctResponse: item => ({ choice: item.key[0] ?? '' }),
  wrongResponse: item => ({ choice: wrongOptions(item)[0] ?? '' }),
  /** One in as many as there are options. */
  guessScore: item => 1 / item.options.length,

  summarise: (item, response) => chosenOptions(item.options, response.choice).map(option => option.text),
  explain: (item, response) => explainOptions(item, response.choice),
  remark: () => null,
  reviewView: ownView('teaching/questions/_explained'),
  review: (item, response) => ({ options: explainOptions(item, response.choice) }),

  choices: optionChoices,
  chosen: (item, response) => chosenOptions(item.options, response.choice).map(({ id }) => id),
  choiceName: id => id,
  judging: (item, response) => optionJudging(item.options, response?.choice),

  exchange: item => ({
    item: { ...item, form: 'one' },
    losses: { gift: [], moodle: [], qti: [] },
  }),
  importedFrom: 'one',

  acceptsAnswers: true,
  parts: item => lettersOf(item.options),
};
