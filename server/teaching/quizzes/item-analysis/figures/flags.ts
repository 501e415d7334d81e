import type { Choice } from '../../../questions/question-type.js';
import type { Figure } from './figure.js';
import { LATEST_ANSWERS } from './drift.js';

/** How many answers took a choice, and whether fewer than 5 people gave them. */
export interface CountedChoice extends Pick<
  Choice,
  'id' | 'isRight' | 'isFixed' | 'isUnsafe' | 'isNeighbour' | 'part'
> {
  readonly count: number;
  readonly isOfFew: boolean;
}

/** What flags are raised from. Shares are between 0 and 1. */
export interface Flagged {
  readonly answers: number;
  readonly facility: Figure;
  /** Corrected item-total correlation. */
  readonly discrimination: Figure;
  readonly guess: Figure;
  readonly jump: Figure;
  /** Seconds. */
  readonly median: Figure;
  readonly plannedSeconds: number | null;
  readonly choices: readonly CountedChoice[];
}

/** Below this many answers figures are shown as unsure, and no flag is raised: chance alone would raise it. */
export const ENOUGH_ANSWERS = 30;

export const THRESHOLDS = {
  /** Facility above which an item tells nobody apart (Moodle's "Quiz report statistics": extremely easy). */
  easy: 0.95,
  /** Facility below which most people miss it: the lesson does not teach it, the words mislead, or the key is wrong. */
  hard: 0.4,
  /** Distance from blind guessing within which knowing the subject hardly helped. */
  aboveGuess: 0.1,
  /** Corrected item-total correlation below which an item adds next to nothing to the order of people. */
  discrimination: 0.1,
  /** Share of the answers above which an unsafe choice is no slip: the lesson or the words lead people there. */
  unsafe: 0.15,
  /** A wrong choice taken by a smaller share attracts nobody: the item has one choice fewer than it shows. */
  dead: 0.03,
  /** Fewer answers cannot tell 3 % from nothing. */
  deadAnswers: 50,
  /** z of the latest answers against the earlier ones: by chance above 3 about once in 700 items. */
  jump: 3,
  latest: LATEST_ANSWERS,
  /** Times the planned seconds: half of the people take more than twice as long as the course plans. */
  slow: 2,
  /** Answers from which a flag asks for action; with fewer, somebody looks at the item first. */
  act: 100,
} as const;

export const FLAG_KEYS = [
  'negative',
  'low',
  'unsafe',
  'neighbour',
  'hard',
  'easy',
  'jump',
  'slow',
  'dead',
] as const;

/** `choice` names the option that the flag is about. `weight`: what there are answers enough for. */
export interface Flag {
  readonly key: (typeof FLAG_KEYS)[number];
  readonly choice: string | null;
  readonly weight: 'look' | 'act';
}

/** A figure that is not defined raises no flag. */
const RULES: Partial<Record<Flag['key'], (item: Flagged) => boolean>> = {
  negative: ({ discrimination: { value } }) => value !== null && value < 0,
  low: ({ discrimination: { value } }) => value !== null && value >= 0 && value < THRESHOLDS.discrimination,
  hard: ({ facility: { value }, guess }) =>
    value !== null && value < Math.max(THRESHOLDS.hard, (guess.value ?? 0) + THRESHOLDS.aboveGuess),
  easy: ({ facility: { value } }) => value !== null && value > THRESHOLDS.easy,
  jump: ({ jump: { value } }) => value !== null && value > THRESHOLDS.jump,
  slow: ({ median: { value }, plannedSeconds }) =>
    value !== null && plannedSeconds !== null && value > THRESHOLDS.slow * plannedSeconds,
};

/** Flags on single choices. One that rests on what fewer than 5 people chose would tell of them, and is not raised. */
const CHOICE_RULES: Partial<Record<Flag['key'], (choice: CountedChoice, item: Flagged) => boolean>> = {
  unsafe: ({ isUnsafe, isOfFew, count }, { answers }) =>
    isUnsafe === true && !isOfFew && count > THRESHOLDS.unsafe * answers,
  neighbour: ({ isNeighbour, isOfFew, part, count }, { choices }) =>
    isNeighbour === true &&
    !isOfFew &&
    choices.some(other => other.part === part && other.isRight && count > other.count),
  dead: ({ isRight, isFixed = false, count }, { answers }) =>
    !isRight && !isFixed && answers >= THRESHOLDS.deadAnswers && count < THRESHOLDS.dead * answers,
};

/** The flags of an item, the gravest first; none under 30 answers. All of them are looked at, and acted on from 100 answers. */
export function flagsOf(item: Flagged): Flag[] {
  if (item.answers < ENOUGH_ANSWERS) return [];
  const weight = item.answers < THRESHOLDS.act ? 'look' : 'act';
  return FLAG_KEYS.flatMap(key => [
    ...(RULES[key]?.(item) ? [{ key, choice: null, weight } as const] : []),
    ...item.choices
      .filter(choice => CHOICE_RULES[key]?.(choice, item))
      .map(({ id }) => ({ key, choice: id, weight }) as const),
  ]);
}
