import { exhibitOf, exhibitParts } from '../../../exhibits/exhibit-parts.js';
import type { Translate } from '../../../../platform/i18n/i18n.js';
import { ownView } from '../../../../platform/lib/own-view.js';
import { sameAnswer, type Answer } from '../../answer.js';
import { choose } from '../../chance.js';
import type { Exported, Loss } from '../../exchange.js';
import { readTexts } from '../../form.js';
import { feedbackWarnings } from '../../option-findings.js';
import { lettersOf } from '../../options.js';
import { FULL_POINTS, type Explained, type QuestionType } from '../../question-type.js';
import { SECONDS } from '../../seconds.js';
import { NO_MARK, spotSchema, type SpotMark, type SpotItem } from './spot-schema.js';

/** A mark with the words of its part, in the order of the exhibit. */
interface Spot extends SpotMark {
  readonly text: string;
}

/**
 * An exhibit of which the learner marks what they would pass on; what they do not mark, they leave. Form field: `mark`,
 * repeated, with ids of parts, or `none` alone. Answer: `{mark: ['b', 'd']}` in the order of the exhibit, or
 * `{mark: ['none']}`.
 */
export const spot: QuestionType<SpotItem> = {
  name: 'spot',
  label: t => t('statistics.kind.spot'),
  itemSchema: spotSchema,
  isBanked: true,
  isShort: false,
  findings: item => ({ faults: [], warnings: feedbackWarnings(item.marks.map(({ feedback }) => feedback)) }),
  wording: item => item,
  /** Deciding; the exhibit is counted as it is for every item. */
  seconds: () => SECONDS.steps,

  view: ownView('teaching/questions/types/spot'),
  ownWords: [],
  present: item => ({
    type: item.type,
    stem: item.stem,
    options: spotsIn(item).map(({ id, text }) => ({ id, text })),
  }),
  hint: (_, t) => t('spot.hint'),
  parse(form, item) {
    const texts = readTexts(form, 'mark');
    const ids = spotsIn(item).map(({ id }) => id);
    const given = [...ids, NO_MARK].filter(id => texts?.includes(id));
    if (given.length !== texts?.length) return { ok: false, problem: 'unreadable' };
    if (given.length === 0) return { ok: false, problem: 'missing' };
    const response = { mark: given };
    return isBoth(given) ? { ok: false, problem: 'too-many', typed: response } : { ok: true, response };
  },
  isComplete: (item, response) => marked(item, response) !== null,
  mending: (_, { mark = [] }, t) => ({
    field: 'mark',
    open: [],
    lack: isBoth([mark].flat()) ? t('spot.both') : null,
  }),
  same: sameAnswer,

  grade(item, response) {
    const given = marked(item, response);
    return given ? pointsFor(item, countsOf(item, given)) : 0;
  },
  /** To leave what must be passed on breaks the rule that the item names, or else the one about passing on. */
  unsafe(item, response) {
    const given = marked(item, response);
    const isLeft = given !== null && item.unsafe?.some(id => !given.includes(id));
    return isLeft ? [brokenRule(item)] : [];
  },
  /** What an answer breaks is said by the parts that must not be left. */
  ruleOfMiss: () => false,
  canBreak: item => (item.unsafe ? [brokenRule(item)] : []),
  partIsClose: false,
  correctResponse: item => ({ mark: orNothing(idsOf(spotsIn(item).filter(({ report }) => report))) }),
  wrongResponse: item => ({ mark: orNothing(idsOf(spotsIn(item).filter(({ report }) => !report))) }),
  /**
   * Of the 2^n ways to mark n parts, C(r, h) × C(l, f) mark h of the r that are to be passed on and f of the l that are to be
   * left: the mean of their points.
   */
  guessScore(item) {
    const { reported, ordinary } = totalsOf(item);
    const points = upTo(reported).flatMap(hits =>
      upTo(ordinary).map(
        alarms => choose(reported, hits) * choose(ordinary, alarms) * pointsFor(item, { hits, alarms }),
      ),
    );
    return points.reduce((sum, each) => sum + each, 0) / (2 ** (reported + ordinary) * FULL_POINTS);
  },

  summarise(item, response, t) {
    const given = marked(item, response);
    if (given?.length === 0) return [t('spot.nothing')];
    return spotsIn(item).flatMap(({ id, text }) => (given?.includes(id) ? text : []));
  },
  explain: (item, response, t) => spotsIn(item).map(each => explained(each, marked(item, response), t)),
  remark: () => null,
  reviewView: ownView('teaching/questions/_explained'),
  review: (item, response, t) => ({ options: spot.explain(item, response, t) }),

  choices: item => [
    ...spotsIn(item).map(({ id, text, report }) => ({ id, part: 'mark', text, isRight: report })),
    { id: NO_MARK, part: 'mark', text: '', isRight: item.marks.every(({ report }) => !report) },
  ],
  chosen(item, response) {
    const given = marked(item, response);
    return given ? orNothing(given) : [];
  },
  choiceName: (id, t) => (id === NO_MARK ? t('spot.nothing') : id),
  judging: () => ({ offered: [], given: [] }),

  exchange: asSeveral,
  importedFrom: null,

  acceptsAnswers: true,
  parts: item => lettersOf(item.marks),
};

function spotsIn(item: SpotItem): Spot[] {
  const exhibit = exhibitOf(item);
  return (exhibit ? exhibitParts(exhibit) : []).flatMap(({ id, text }) => {
    const mark = item.marks.find(each => each.id === id);
    return mark ? { ...mark, text } : [];
  });
}

const brokenRule = ({ critical }: SpotItem): string => critical || 'always-1';

const idsOf = (spots: readonly Spot[]): string[] => spots.map(({ id }) => id);
const orNothing = (ids: string[]): string[] => (ids.length === 0 ? [NO_MARK] : ids);

/** Something marked, and nothing to pass on: an answer can say one of the two. */
const isBoth = (given: readonly string[]): boolean => given.length > 1 && given.includes(NO_MARK);

/** The ids that an answer marks, none of them where it passes nothing on; null where it is no answer to this item. */
function marked(item: SpotItem, { mark = [] }: Answer): string[] | null {
  const given = [mark].flat();
  if (given.length === 1 && given[0] === NO_MARK) return [];
  const ids = idsOf(spotsIn(item)).filter(id => given.includes(id));
  return ids.length === 0 || given.includes(NO_MARK) ? null : ids;
}

/** How many of what is to be passed on were marked, and how many of what is to be left. */
interface Counts {
  readonly hits: number;
  readonly alarms: number;
}

function countsOf(item: SpotItem, given: readonly string[]): Counts {
  const marks = item.marks.filter(({ id }) => given.includes(id));
  const hits = marks.filter(({ report }) => report).length;
  return { hits, alarms: marks.length - hits };
}

function totalsOf({ marks }: SpotItem) {
  const reported = marks.filter(({ report }) => report).length;
  return { reported, ordinary: marks.length - reported };
}

/**
 * The share of hits less the share of false alarms (Youden's J), never below nothing, to the nearest point: to mark everything
 * earns nothing, and to mark nothing does, too, unless there is nothing to pass on. Then only leaving counts.
 */
function pointsFor(item: SpotItem, { hits, alarms }: Counts): number {
  const { reported, ordinary } = totalsOf(item);
  const hitShare = reported === 0 ? 1 : hits / reported;
  return Math.round(Math.max(0, hitShare - alarms / ordinary) * FULL_POINTS);
}

/** A row says what is right for its part; where the learner did otherwise, it says that. */
function explained(
  { id, report, text, feedback }: Spot,
  given: readonly string[] | null,
  t: Translate,
): Explained {
  const word = (isMarked: boolean) => t(isMarked ? 'spot.passOn' : 'spot.leave');
  const chosen = given !== null && given.includes(id) === report;
  const instead = given === null || chosen ? null : word(!report);
  return { label: text, text: word(report), feedback, chosen, correct: true, instead };
}

const upTo = (most: number): number[] => Array.from({ length: most + 1 }, (_, count) => count);

/** A choice of several parts. Other programs know no such choice of which nothing is right. */
function asSeveral(item: SpotItem): Exported | null {
  const spots = spotsIn(item);
  const options = spots.map(({ text, feedback }, at) => ({ id: letter(at), text, feedback }));
  const key = spots.flatMap(({ report }, at) => (report ? letter(at) : []));
  if (key.length === 0) return null;
  const { marks: _, unsafe, ...rest } = item;
  const losses = [LOST_PART, ...(unsafe ? [{ code: 'left-out' as const, about: 'unsafe' }] : [])];
  return {
    item: { ...rest, form: 'several', options, key },
    losses: { gift: losses, moodle: losses, qti: losses },
  };
}

const LOST_PART: Loss = { code: 'lost-part' };

const letter = (at: number): string => 'abcdefgh'[at] ?? '';
