import { ownView } from '../../../server/platform/lib/own-view.js';
import { z } from 'zod';
import { sameAnswer } from '../../../server/teaching/questions/answer.js';
import { readTexts } from '../../../server/teaching/questions/form.js';
import { when, withRules } from '../../../server/teaching/questions/item-faults.js';
import { line, safetyRule, passage } from '../../../server/teaching/questions/item-shapes.js';
import { itemFields } from '../../../server/teaching/questions/item.js';
import { FULL_POINTS, type QuestionType } from '../../../server/teaching/questions/question-type.js';

/** Values in a row from little to much; the first one breaks a rule where `rule` names it. */
const schema = withRules(
  z.strictObject({
    ...itemFields,
    type: z.literal('estimate'),
    values: z.array(line).min(3),
    answer: line,
    reason: passage,
    rule: safetyRule.exactOptional(),
  }),
  ({ id, values, answer }) =>
    when(!values.includes(answer), {
      path: ['answer'],
      problem: `The answer of ${id} is none of its values.`,
      fix: `Name one of: ${values.join(', ')}.`,
    }),
);

export type EstimateItem = z.infer<typeof schema>;

/**
 * A type of the tests alone: how much is it? It has no options and no key, a neighbour is worth half, and an answer may
 * be unsafe. Form field and answer: `{choice: '40'}`.
 */
export const estimate: QuestionType<EstimateItem> = {
  name: 'estimate',
  label: () => 'Estimate of the tests',
  itemSchema: schema,
  isBanked: true,
  isShort: true,
  findings: ({ reason }) => ({
    faults: [],
    warnings: reason.includes('maybe') ? [{ problem: 'Estimates are unsure', fix: 'Be sure.' }] : [],
  }),
  wording: item => item,
  seconds: ({ values }) => 10 * values.length,

  // A template of the product that draws what this type presents.
  view: ownView('teaching/questions/types/single-choice'),
  ownWords: [],
  present: ({ type, stem, values }) => ({ type, stem, options: values.map(id => ({ id, text: `${id} %` })) }),
  hint: () => 'Hint of the estimate',
  parse(form, { values }) {
    const [choice, ...more] = readTexts(form, 'choice') ?? ['', ''];
    if (choice === undefined) return { ok: false, problem: 'missing' };
    return values.includes(choice) && more.length === 0
      ? { ok: true, response: { choice } }
      : { ok: false, problem: 'unreadable' };
  },
  isComplete: ({ values }, { choice }) => values.includes(String(choice)),
  mending: () => ({ field: 'choice', open: [], lack: null }),
  same: sameAnswer,

  grade({ values, answer }, { choice }) {
    const distance = Math.abs(values.indexOf(String(choice)) - values.indexOf(answer));
    if (!values.includes(String(choice)) || distance > 1) return 0;
    return distance === 0 ? FULL_POINTS : FULL_POINTS / 2;
  },
  unsafe: ({ values, rule }, { choice }) => (rule !== undefined && choice === values[0] ? [rule] : []),
  ruleOfMiss: ({ critical }) => critical,
  canBreak: ({ critical, rule }) => [...new Set([critical || [], rule ?? []].flat())],
  partIsClose: true,
  correctResponse: ({ answer }) => ({ choice: answer }),
  wrongResponse: ({ values, answer }) => ({ choice: values.find(value => value !== answer) ?? '' }),
  guessScore: item =>
    item.values.reduce((sum, choice) => sum + estimate.grade(item, { choice }), 0) /
    (item.values.length * FULL_POINTS),

  summarise: (_, { choice = [] }) => [choice].flat(),
  explain: ({ values, answer, reason }, { choice }) =>
    values.map(value => ({
      label: null,
      text: `${value} %`,
      feedback: value === answer ? reason : '',
      chosen: value === choice,
      correct: value === answer,
      instead: null,
    })),
  remark: ({ answer }) => `It is ${answer} %.`,
  reviewView: ownView('teaching/questions/_explained'),
  review: (item, response, t) => ({ options: estimate.explain(item, response, t) }),

  choices: ({ values, answer }) =>
    values.map(id => ({ id, part: 'option', text: `${id} %`, isRight: id === answer })),
  chosen: (_, { choice = [] }) => [choice].flat(),
  choiceName: id => `Value ${id}`,
  judging: () => ({ offered: [], given: [] }),

  exchange: item => ({
    item: {
      ...item,
      form: 'one',
      options: item.values.map((text, at) => ({ id: 'abcdefgh'[at] ?? '', text, feedback: item.reason })),
      key: ['abcdefgh'[item.values.indexOf(item.answer)] ?? ''],
    },
    losses: {
      gift: [{ code: 'left-out', about: 'half points' }],
      moodle: [{ code: 'left-out', about: 'half points' }],
      qti: [{ code: 'left-out', about: 'half points' }],
    },
  }),
  importedFrom: null,

  acceptsAnswers: false,
  parts: ({ values }) => values.join(' '),
};

/** As an author writes it. */
export const estimateYaml = `  - id: M2-009
    objective: M2-O1
    level: apply
    type: estimate
    depth: essentials
    critical: false
    stem: How many of them are children?
    values: ["20", "40", "60", "80"]
    answer: "40"
    reason: Two in five are children, and maybe more.
    rule: never-2
    facts: [F001]
`;
