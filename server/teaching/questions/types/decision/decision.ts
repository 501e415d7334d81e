import { ownView } from '../../../../platform/lib/own-view.js';
import { openingOf } from '../../../../platform/lib/text/words.js';
import type { Translate } from '../../../../platform/i18n/i18n.js';
import { sameAnswer, type Answer } from '../../answer.js';
import { byQuestion } from '../../by-question.js';
import { readChosen, readTexts } from '../../form.js';
import type { Judges } from '../../item.js';
import {
  chosenOptions,
  explainOptions,
  lettersOf,
  optionChoices,
  presentOptions,
  wrongOptions,
} from '../../options.js';
import {
  FULL_POINTS,
  type Choice,
  type Explained,
  type Mending,
  type Presented,
  type QuestionType,
} from '../../question-type.js';
import { SECONDS } from '../../seconds.js';
import { unsafeMark } from '../../unsafe-choices.js';
import { exchangeDecision } from './decision-exchange.js';
import { decisionFindings } from './decision-findings.js';
import { decisionSchema, type DecisionItem } from './decision-schema.js';
import { signalIn } from './decision-signal.js';
import { voiceFor, type Voice } from './decision-words.js';
import { actOf } from './act.js';
import { DISPOSITIONS, isDisposition, opposite, stepsBetween, type Disposition } from './dispositions.js';
import { isUnsafe, unsafeDispositions } from './unsafe-dispositions.js';

/** What an answer earns: the decision and the fact that decides, the decision alone, or its neighbour with that fact. */
const POINTS = { exactAndFact: FULL_POINTS, exact: 60, neighbourAndFact: 40 };

/** Words of a story by which a list tells it from others. */
const OPENING = 14;

/** The page words the dispositions for the learner's job. */
interface PresentedDecision extends Presented {
  readonly story: string;
  readonly dispositions: readonly Disposition[];
  readonly voice: Voice;
}

/**
 * A story, what to do about it, and which fact of it decides. Form fields: `disposition` and `fact`. Answer:
 * `{disposition: 'tell', fact: 'b'}`, either of them left out while it is not given.
 */
export const decision: QuestionType<DecisionItem> = {
  name: 'decision',
  label: t => t('statistics.kind.decision'),
  itemSchema: decisionSchema,
  isBanked: true,
  isShort: true,
  findings: decisionFindings,
  wording: item => item,
  seconds: () => SECONDS.decision,

  view: ownView('teaching/questions/types/decision'),
  ownWords: [],
  present: (item, optionOrder): PresentedDecision => ({
    type: item.type,
    stem: item.stem,
    story: item.story,
    dispositions: DISPOSITIONS,
    voice: voiceFor(item),
    options: presentOptions(item.options, optionOrder),
  }),
  hint: (_, t) => t('decision.hint'),
  inList: ({ story }) => openingOf(story, OPENING),
  parse(form, item) {
    const dispositions = readTexts(form, 'disposition');
    const facts = readChosen(form, { field: 'fact', options: item.options, most: 1 });
    if (!facts.ok) return facts;
    if (dispositions === null || dispositions.length > 1 || !dispositions.every(isDisposition))
      return { ok: false, problem: 'unreadable' };
    const [[disposition], [fact]] = [dispositions, facts.ids];
    const response = { ...(disposition ? { disposition } : {}), ...(fact ? { fact } : {}) };
    return Object.keys(response).length === 0 ? { ok: false, problem: 'missing' } : { ok: true, response };
  },
  isComplete: (item, response) => decided(response) !== null && chosenFact(item, response) !== undefined,
  mending: (_, response, t) => halfToMend(response, t),
  same: sameAnswer,

  /** Half an answer earns what its half is worth: a fact alone, nothing. */
  grade(item, response) {
    const given = decided(response);
    const hasFact = chosenFact(item, response) === item.key[0];
    const off = given && stepsOff(item, given);
    if (off === 0) return hasFact ? POINTS.exactAndFact : POINTS.exact;
    return off === 1 && hasFact ? POINTS.neighbourAndFact : 0;
  },
  /** Not passing on is what breaks the rule, where the item names no other. */
  unsafe(item, response) {
    const given = decided(response);
    return given && isUnsafe(item, given) ? [brokenRule(item)] : [];
  },
  ruleOfMiss: () => false,
  canBreak: item => (unsafeDispositions(item).length > 0 ? [brokenRule(item)] : []),
  partIsClose: true,
  correctResponse: item => ({ disposition: item.disposition, fact: item.key[0] ?? '' }),
  wrongResponse: item => ({ disposition: opposite(item.disposition), fact: wrongOptions(item)[0] ?? '' }),
  /**
   * Of the 4n answers with n facts, each of the e dispositions that are exact has one with the fact and n − 1 alone, and each of
   * the k that are close has one with the fact: (e (100 + 60 (n − 1)) + 40 k) / 400 n. One is exact, or two where a note is
   * telling; as many as two are close.
   */
  guessScore(item) {
    const facts = item.options.length;
    const count = (off: number) => DISPOSITIONS.filter(each => stepsOff(item, each) === off).length;
    const ofExact = POINTS.exactAndFact + POINTS.exact * (facts - 1);
    const points = count(0) * ofExact + count(1) * POINTS.neighbourAndFact;
    return points / (DISPOSITIONS.length * facts * FULL_POINTS);
  },

  summarise(item, response, t) {
    const given = decided(response);
    const facts = chosenOptions(item.options, response.fact).map(({ text }) => text);
    return given ? [wordsFor(item, given, t), ...facts] : facts;
  },
  explain: (item, response, t) => [
    ...explainDispositions(item, response, t),
    ...explainFacts(item, response, t),
  ],
  /** The options say what was right; why, is said in a sentence of its own. */
  remark: (item, t) =>
    t('decision.courseAnswer', { answer: wordsFor(item, item.disposition, t), decides: item.decides }),
  reviewView: ownView('teaching/questions/types/decision-review'),
  review: (item, response, t) => ({
    story: item.story,
    questions: byQuestion(decision.explain(item, response, t)),
  }),

  /** The key as it is written: figures of all jobs stand beside each other. */
  choices: item => [...dispositionChoices(item), ...optionChoices(item)],
  chosen: (_, { disposition = [], fact = [] }) => [...new Set([disposition, fact].flat())],
  choiceName: (id, t) => (isDisposition(id) ? t(`decision.name.${id}`) : id),
  judging(_, response) {
    const given = decided(response ?? {});
    return { offered: DISPOSITIONS.map(each => JUDGES[each]), given: given ? [JUDGES[given]] : [] };
  },
  signal(item, response) {
    const given = decided(response ?? {});
    return given && signalIn(item, given);
  },

  exchange: exchangeDecision,
  importedFrom: null,

  acceptsAnswers: true,
  parts: item => lettersOf(item.options),
};

const JUDGES: Record<Disposition, Judges | undefined> = {
  'carry-on': 'no-concern',
  note: undefined,
  tell: 'concern',
  urgent: 'concern',
};

/** How far it is from the right one, by what both come to in the learner's job. */
const stepsOff = (item: DecisionItem, given: Disposition): number =>
  stepsBetween(actOf(item, given), actOf(item, item.disposition));

const brokenRule = ({ critical }: DecisionItem): string => critical || 'always-1';

const decided = ({ disposition }: Answer): Disposition | null =>
  isDisposition(disposition) ? disposition : null;

const chosenFact = ({ options }: Pick<DecisionItem, 'options'>, { fact }: Answer): string | undefined =>
  options.find(({ id }) => id === fact)?.id;

/** The half that is blank, where one half is kept. */
function halfToMend(response: Answer, t: Translate): Mending {
  const [half] = (['disposition', 'fact'] as const).filter(name => response[name] === undefined);
  if (!half || Object.keys(response).length === 0) return { field: 'disposition', open: [], lack: null };
  return { field: half, open: [half], lack: t(`decision.lack.${half}`) };
}

const wordsFor = (item: DecisionItem, disposition: Disposition, t: Translate): string =>
  t(`decision.words.${voiceFor(item)}.${disposition}`);

const dispositionChoices = (item: DecisionItem): Choice[] =>
  DISPOSITIONS.map(id => ({
    id,
    part: 'disposition',
    text: '',
    isRight: id === item.disposition,
    isFixed: true,
    ...unsafeMark(unsafeDispositions(item), id),
    ...(stepsOff(item, id) === 1 ? { isNeighbour: true } : {}),
  }));

const explainDispositions = (item: DecisionItem, response: Answer, t: Translate): Explained[] =>
  DISPOSITIONS.map(each => ({
    asked: t('decision.whatToDo'),
    label: null,
    text: wordsFor(item, each, t),
    feedback: item.feedback[each],
    chosen: each === decided(response),
    correct: stepsOff(item, each) === 0,
    instead: null,
  }));

const explainFacts = (item: DecisionItem, response: Answer, t: Translate): Explained[] =>
  explainOptions(item, response.fact).map(option => ({ asked: t('decision.whichFact'), ...option }));
