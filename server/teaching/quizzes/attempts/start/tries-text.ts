import type { QuizPolicy, TryWindow } from '../../../content/schema/policy-schema.js';
import type { Translate } from '../../../../platform/i18n/i18n.js';
import type { TriesLeft } from '../limits.js';
import { lengthInWords } from '../time/time-texts.js';

/** How many tries there are, how many of them are left, and what follows a failed one, in sentences. */
export function triesRules(policy: QuizPolicy, standing: TriesLeft, t: Translate): string[] {
  // After a pass nothing is limited any more.
  const { window } = policy;
  if (window && standing.left !== null)
    return [
      t(`limits.inWindow.${stateOf(standing)}`, counts(standing, window, t)),
      ...windowRules(window, policy.ask, t),
    ];
  return [triesText(standing, t), ...waitRule(policy, t)];
}

/** How many tries are left of how many, for a heading; null where their number is not limited or none is left. */
export function triesLeft({ window }: QuizPolicy, { left, allowed }: TriesLeft, t: Translate): string | null {
  if (!left || allowed === null) return null;
  if (!window) return t('limits.triesLeft', { left, count: allowed });
  return t('limits.inWindow.title', { left, count: allowed, days: daysOf(window, t) });
}

/** How many tries are left of how many, as a fact. */
export function triesInShort({ window }: QuizPolicy, { left, allowed }: TriesLeft, t: Translate): string {
  if (left === null || allowed === null) return t('quiz.fact.noLimit');
  const tries = t('quiz.fact.left', { left, allowed });
  return window ? t('quiz.fact.within', { tries, days: daysOf(window, t) }) : tries;
}

const counts = ({ left, allowed }: TriesLeft, window: TryWindow, t: Translate) => ({
  left: left ?? 0,
  count: allowed ?? 0,
  days: daysOf(window, t),
});

const daysOf = ({ days }: TryWindow, t: Translate): string => t('limits.days', { count: days });

/** The open one is counted separately: it is neither left nor used. */
function stateOf({ isOpen, left, allowed }: TriesLeft) {
  if (isOpen) return left === 0 ? 'lastTry' : 'afterThis';
  if (left === 0) return 'used';
  return left === allowed ? 'attempts' : 'left';
}

function triesText(standing: TriesLeft, t: Translate): string {
  const { left, allowed } = standing;
  if (left === null || allowed === null) return t('quiz.rule.tries');
  return t(`limits.rule.${stateOf(standing)}`, { left, count: allowed });
}

/** Each wait in turn, and how the next try opens after the last. */
function windowRules(window: TryWindow, ask: string | undefined, t: Translate): string[] {
  const times = window.waits.map(minutes => lengthInWords(minutes, t));
  const time = times.reduce((before, next) => t('limits.inWindow.then', { before, next }));
  const reopens = t('limits.inWindow.reopens', { days: daysOf(window, t) });
  return [t('limits.inWindow.waits', { time }), [reopens, ask].filter(Boolean).join(' ')];
}

function waitRule({ coolDown }: QuizPolicy, t: Translate): string[] {
  if (!coolDown) return [];
  const time = lengthInWords(coolDown.minutes, t);
  return [t(coolDown.grows ? 'limits.rule.waitGrows' : 'limits.rule.wait', { time })];
}
