import type { Figure } from './figure.js';
import { LATEST_ANSWERS } from './drift.js';

/** What flags are raised from. Shares are between 0 and 1. */
export interface Flagged {
  readonly answers: number;
  readonly facility: Figure;
  readonly discrimination: Figure;
  readonly guess: Figure;
  readonly jump: Figure;
  /** Seconds. */
  readonly median: Figure;
  readonly plannedSeconds: number | null;
  /** How many took each wrong choice. */
  readonly wrongChoices: readonly { readonly id: string; readonly count: number }[];
}

/** Below this many answers figures are shown as unsure, and no flag is raised: chance alone would raise it. */
export const ENOUGH_ANSWERS = 30;

export const THRESHOLDS = {
  /** Facility above which an item distinguishes nobody (Moodle's "Quiz report statistics": extremely easy). */
  easy: 0.95,
  /** Facility below which most people miss it: hard, badly worded, or the key is wrong. */
  hard: 0.3,
  /** Distance from blind guessing within which knowing the subject hardly helped. */
  aboveGuess: 0.1,
  /** Below 0.15 an item adds next to nothing to the order of people (Ebel 1965: poor below 0.2, uncorrected). */
  discrimination: 0.15,
  /** A wrong choice taken by fewer attracts nobody: the item has one choice fewer than it shows. */
  dead: 0.03,
  /** Fewer answers cannot tell 3 % from nothing. */
  deadAnswers: 50,
  /** z of the latest answers against the earlier ones: by chance above 3 about once in 700 items. */
  jump: 3,
  latest: LATEST_ANSWERS,
  /** Times the planned seconds: half of the people take more than twice as long as the course counts on. */
  slow: 2,
} as const;

/** `choice` names the option that the flag is about. */
export interface Flag {
  readonly key: 'easy' | 'hard' | 'low' | 'negative' | 'dead' | 'jump' | 'slow';
  readonly choice: string | null;
}

/** One line a flag: what it is called and when it is raised. A flag on a figure that is not defined is not raised. */
const RULES: readonly { readonly key: Flag['key']; readonly holds: (item: Flagged) => boolean }[] = [
  { key: 'negative', holds: ({ discrimination: { value } }) => value !== null && value < 0 },
  {
    key: 'low',
    holds: ({ discrimination: { value } }) =>
      value !== null && value >= 0 && value < THRESHOLDS.discrimination,
  },
  { key: 'easy', holds: ({ facility: { value } }) => value !== null && value > THRESHOLDS.easy },
  {
    key: 'hard',
    holds: ({ facility: { value }, guess }) =>
      value !== null && value < Math.max(THRESHOLDS.hard, (guess.value ?? 0) + THRESHOLDS.aboveGuess),
  },
  { key: 'jump', holds: ({ jump: { value } }) => value !== null && value > THRESHOLDS.jump },
  {
    key: 'slow',
    holds: ({ median: { value }, plannedSeconds }) =>
      value !== null && plannedSeconds !== null && value > THRESHOLDS.slow * plannedSeconds,
  },
];

/** The flags of an item, the gravest first. None under 30 answers. */
export function flagsOf(item: Flagged): Flag[] {
  if (item.answers < ENOUGH_ANSWERS) return [];
  return [
    ...RULES.filter(({ holds }) => holds(item)).map(({ key }) => ({ key, choice: null })),
    ...deadChoices(item).map(choice => ({ key: 'dead' as const, choice })),
  ];
}

const deadChoices = ({ answers, wrongChoices }: Flagged): string[] =>
  answers < THRESHOLDS.deadAnswers
    ? []
    : wrongChoices.filter(({ count }) => count < THRESHOLDS.dead * answers).map(({ id }) => id);
