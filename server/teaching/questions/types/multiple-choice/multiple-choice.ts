import { ownView } from '../../../../platform/lib/own-view.js';
import type { z } from 'zod';
import { sameAnswer } from '../../answer.js';
import { choose } from '../../chance.js';
import { wholeLosses } from '../../exchange.js';
import { readChosen } from '../../form.js';
import { isAllOrNothing, type OptionItem } from '../../item.js';
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
import { FULL_POINTS, type Presented, type QuestionType } from '../../question-type.js';
import { SECONDS } from '../../seconds.js';
import { brokenBy, guardedRule, ownRule } from '../../unsafe-choices.js';
import { multipleChoiceSchema } from './multiple-choice-schema.js';

/** Style rule: the page says how many to choose and how the choice is scored. */
interface PresentedMultiple extends Presented {
  readonly choose: number;
  readonly allOrNothing: boolean;
}

/**
 * Several right options; how many is stated. Form field: `choice`, repeated.
 * Answer: `{choice: ['a', 'c']}`, in the order the item lists its options.
 */
export const multiple: QuestionType<z.infer<typeof multipleChoiceSchema>> = {
  name: 'multiple',
  label: t => t('statistics.kind.multiple'),
  itemSchema: multipleChoiceSchema,
  isBanked: true,
  isShort: true,
  findings: optionFindings,
  wording: item => item,
  seconds: () => SECONDS.choice,

  view: ownView('teaching/questions/types/multiple-choice'),
  ownWords: [],
  present: (item, optionOrder): PresentedMultiple => ({
    type: item.type,
    stem: item.stem,
    options: presentOptions(item.options, optionOrder),
    choose: item.key.length,
    allOrNothing: isAllOrNothing(item),
  }),
  /** The stem says how many to choose. */
  hint: (item, t) => t(isAllOrNothing(item) ? 'question.chosenAll' : 'question.chosenEach'),
  parse(form, item) {
    const chosen = readChosen(form, { field: 'choice', options: item.options, most: item.options.length });
    if (!chosen.ok) return chosen;
    if (chosen.ids.length === 0) return { ok: false, problem: 'missing' };
    const response = { choice: chosen.ids };
    // Which of them to take back is for the learner to say.
    return chosen.ids.length > item.key.length
      ? { ok: false, problem: 'too-many', typed: response }
      : { ok: true, response };
  },
  isComplete: (item, response) => chosenOptions(item.options, response.choice).length === item.key.length,
  mending: () => ({ field: 'choice', open: [], lack: null }),
  same: sameAnswer,

  grade(item, response) {
    const chosen = chosenOptions(item.options, response.choice);
    // More than was asked for is no answer: ticking everything would else earn a third of "choose three of five".
    if (chosen.length > item.key.length) return 0;
    const right = chosen.filter(option => item.key.includes(option.id)).length;
    return pointsFor(item, { right, wrong: chosen.length - right });
  },
  unsafe: (item, { choice = [] }) => brokenBy(item, [choice].flat()),
  ruleOfMiss: guardedRule,
  canBreak: ownRule,
  partIsClose: false,
  correctResponse: item => ({ choice: chosenOptions(item.options, item.key).map(option => option.id) }),
  wrongResponse: item => ({ choice: wrongOptions(item) }),
  /**
   * Of the C(n, k) choices of k among n options, C(k, r) × C(n − k, k − r) hold r right ones (hypergeometric
   * distribution): the mean of their points.
   */
  guessScore(item) {
    const [all, of] = [item.options.length, item.key.length];
    const points = Array.from({ length: of + 1 }, (_, right) => {
      const ways = choose(of, right) * choose(all - of, of - right);
      return ways * pointsFor(item, { right, wrong: of - right });
    });
    return points.reduce((sum, each) => sum + each, 0) / (choose(all, of) * FULL_POINTS);
  },

  summarise: (item, response) => chosenOptions(item.options, response.choice).map(option => option.text),
  explain: (item, response) => explainOptions(item, response.choice),
  remark: () => null,
  reviewView: ownView('teaching/questions/_explained'),
  review: (item, response) => ({ options: explainOptions(item, response.choice) }),

  choices: optionChoices,
  chosen: (item, response) => chosenOptions(item.options, response.choice).map(({ id }) => id),
  choiceName: id => id,
  /** One right option among those chosen judges the situation as the item does: half a right answer is for it, too. */
  judging(item, response) {
    const { offered, given } = optionJudging(item.options, response?.choice);
    const isPartlyRight = chosenOptions(item.options, response?.choice).some(({ id }) =>
      item.key.includes(id),
    );
    return { offered, given: isPartlyRight ? [...given, item.judgement] : given };
  },

  exchange: item => ({
    item: { ...item, form: 'several' },
    losses: { gift: wholeLosses(item), moodle: wholeLosses(item), qti: [] },
  }),
  importedFrom: 'several',

  acceptsAnswers: true,
  parts: item => lettersOf(item.options),
};

/** Plus one for each right option, minus one for each wrong one, never below nothing; to the nearest point. */
function pointsFor(
  item: Pick<OptionItem, 'critical' | 'key'>,
  { right, wrong }: { right: number; wrong: number },
): number {
  const points = Math.round((Math.max(0, right - wrong) * FULL_POINTS) / item.key.length);
  return isAllOrNothing(item) && points < FULL_POINTS ? 0 : points;
}
