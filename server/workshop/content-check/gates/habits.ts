import { questionTypes } from '../../../teaching/questions/question-types.js';
import type { GatedItem } from './gated-item.js';
import { storyOf } from './leaks.js';
import { fileOf, percent, shareWhere, type GateMeasure } from './measure.js';

/** Shares at most, and counts at least. */
const LIMITS = { share: 0.45, pairs: 8, notes: 8, urgents: 6 };
const SPOT_LINES = [1, 2, 3, 4];

const RELATIVE =
  '(?:grand|step|foster[- ])?(?:mother|father|parents?)|mum|dad|gran|grandma|grandpa|aunt|uncle|brother|sister|cousin|teacher|coach';
const SPEAKS = 'says?|said|calls?|laughs?|groans?|asks?|answers?|shouts?|whispers?|explains?|replies|tells?';

/** Ways to say that the same people stay, so that there is time. */
const STAYING =
  /\b(?:everybody|everyone|nobody|all (?:of (?:them|you|us)|three|four)|they all|you all|both|the same people|the group|the family) (?:stays?|remains?|travels?|rides?|gets off|leaves|changes)\b|\bso (?:do|are) you\b|\bstays? (?:on board|aboard|together|with you)\b|\bgo(?:es)? on with you\b|\bwith you (?:until|to the end)\b/i;
/** A relative or a teacher who says something, before the words or after them. */
const RELATIVE_SPEAKS = new RegExp(
  `\\b(?:${RELATIVE})\\b[^.?!"“”]{0,40}\\b(?:${SPEAKS})\\b|["”],? (?:${SPEAKS}) (?:the|his|her|their|a|its|my) (?:${RELATIVE})\\b`,
  'i',
);

/** Phrases, questions and places that told an answer to people who looked for no more: none may pay again. */
export const habits = (items: readonly GatedItem[]): GateMeasure[] => {
  const decisions = items.filter(({ disposition }) => disposition !== null);
  return [
    keyedAs(
      'note',
      '"everybody stays" keyed note',
      decisions.filter(each => STAYING.test(storyOf(each))),
    ),
    keyedAs(
      'carry-on',
      'a relative or teacher speaks, keyed carry on',
      decisions.filter(each => RELATIVE_SPEAKS.test(storyOf(each))),
    ),
    askedNow(decisions),
    ...anywhere(decisions),
    ...dividing(decisions),
    spotLines(items),
  ];
};

function keyedAs(key: string, of: string, found: readonly GatedItem[]): GateMeasure {
  const share = shareWhere(found, ({ disposition }) => disposition === key);
  return row(of, found, {
    figure: percent(share),
    limit: `at most ${percent(LIMITS.share)}`,
    isKept: !(share > LIMITS.share),
    fix: 'Say it in stories with other keys too.',
  });
}

/** "What do you do now?" beside "What do you do?" would tell how much time there is. */
function askedNow(decisions: readonly GatedItem[]): GateMeasure {
  const asked = decisions.filter(({ item }) => /\bnow\b/i.test(item.stem)).length;
  return row('"now" in the question', decisions, {
    figure: `${asked} of ${decisions.length}`,
    limit: 'none, or all',
    isKept: asked === 0 || asked === decisions.length,
    fix: 'Ask every question in the same words.',
  });
}

const anywhere = (decisions: readonly GatedItem[]): GateMeasure[] =>
  (
    [
      ['note', LIMITS.notes],
      ['urgent', LIMITS.urgents],
    ] as const
  ).map(([key, least]) => {
    const found = decisions.filter(
      ({ item, disposition }) => item.scene === 'anywhere' && disposition === key,
    );
    return atLeast(least, `set anywhere, keyed ${key}`, found);
  });

const dividing = (decisions: readonly GatedItem[]): GateMeasure[] =>
  (
    [
      ['note', 'tell'],
      ['tell', 'urgent'],
    ] as const
  ).map(keys => {
    const keyOf = (key: string) => decisions.filter(({ disposition }) => disposition === key);
    const [first, second] = [keyOf(keys[0]), keyOf(keys[1])];
    const found = first.filter(
      ({ item: { pair } }) => pair !== undefined && second.some(({ item }) => item.pair === pair),
    );
    return atLeast(LIMITS.pairs, `pairs that divide ${keys.join(' from ')}`, found);
  });

/** Whoever knows that two lines are to be passed on has found half of the answer. */
function spotLines(items: readonly GatedItem[]): GateMeasure {
  const spots = items.filter(({ item }) => item.type === 'spot');
  const counts = spots.map(({ item }) => {
    const marks = questionTypes.of(item).choices(item);
    return marks.filter(({ part, isRight }) => part === 'mark' && isRight).length;
  });
  const times = SPOT_LINES.map(lines => counts.filter(count => count === lines).length);
  return row('lines to pass on in spot items', spots, {
    figure: times.map((found, at) => `${found} of ${SPOT_LINES[at]}`).join(', '),
    limit: `one to ${SPOT_LINES.length}, none in more than half`,
    isKept: times.every(found => found > 0 && found <= spots.length / 2),
    fix: 'Give spot items one line to pass on, two, three or four.',
  });
}

const atLeast = (least: number, of: string, found: readonly GatedItem[]): GateMeasure =>
  row(of, found, {
    figure: String(found.length),
    limit: `at least ${least}`,
    isKept: found.length >= least,
    fix: `Write ${Math.max(0, least - found.length)} more.`,
  });

interface Judged extends Pick<GateMeasure, 'figure' | 'limit' | 'fix'> {
  readonly isKept: boolean;
}

const row = (of: string, items: readonly GatedItem[], { isKept, ...judged }: Judged): GateMeasure => ({
  gate: 'habits',
  of,
  n: items.length,
  ...judged,
  verdict: isKept ? 'kept' : 'broken',
  file: fileOf(items),
});
