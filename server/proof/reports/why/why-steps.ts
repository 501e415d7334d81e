import type { Because } from '../../requirements/standing-interval.js';
import { NEAR_DAYS } from '../../requirements/standings.js';
import { standingByInputs, whyDates, type WhyInputs } from './why-inputs.js';

/** One step of the arithmetic: the key of its text, its days (like "2026-11-30") and its numbers. */
export interface WhyStep {
  readonly key: string;
  readonly days: Readonly<Record<string, string>>;
  readonly count: number;
}

const step = (key: string, days: Record<string, string | null> = {}, count = 0): WhyStep => ({
  key,
  days: Object.fromEntries(Object.entries(days).map(([name, day]) => [name, day ?? ''])),
  count,
});

/** From the inputs to the standing, one step after the other: the last one is the answer. */
export function whySteps(inputs: WhyInputs): WhyStep[] {
  const { because, day } = inputs;
  const { standing } = standingByInputs(inputs);
  const meant = step(`meant.${because.meant}`, { since: because.meantSince });
  const answer = step(`answer.${standing}`, { day });
  if (standing === 'not-required') return [meant, answer];
  return [
    meant,
    ...(inputs.isWaived ? [step('waived')] : []),
    ...(inputs.isOnLeave ? [step('onLeave')] : []),
    firstDueStep(inputs),
    coverStep(because.cover, inputs),
    ...dueSteps(inputs),
    answer,
  ];
}

function firstDueStep({ because: { firstDue }, dueVersion }: WhyInputs): WhyStep {
  if (firstDue === null) return step('firstDue.unknown');
  const { day, by, from } = firstDue;
  return step(`firstDue.${by}`, { day, from }, daysCounted(by, dueVersion));
}

/** How many days the version counts for a first due day. */
function daysCounted(by: NonNullable<Because['firstDue']>['by'], version: WhyInputs['dueVersion']): number {
  if (!version) return 0;
  const { firstDue, noticeDays, leave } = version.rule;
  if (by === 'notice') return noticeDays;
  if (by === 'after-return') return leave.due === 'stays' ? 0 : leave.days;
  return 'days' in firstDue ? firstDue.days : 0;
}

function coverStep(cover: Because['cover'], { completedOn }: WhyInputs): WhyStep {
  if (cover === null) return step('cover.none');
  const { lastDay, by } = cover;
  return step(lastDay === null ? 'cover.forGood' : `cover.${by}`, { completed: completedOn, last: lastDay });
}

function dueSteps(inputs: WhyInputs): WhyStep[] {
  const { isCovered, dueDay, graceEnd } = whyDates(inputs);
  if (dueDay === null) return isCovered ? [] : [step('due.unknown')];
  const due = step(isCovered ? 'due.covered' : 'due.later', { due: dueDay });
  const grace = inputs.version?.rule.graceDays ?? 0;
  const more =
    graceEnd !== null && grace > 0
      ? [step('grace', { last: inputs.because.cover?.lastDay ?? '', end: graceEnd }, grace)]
      : [];
  return [due, ...more, ...nearStep(inputs, dueDay, isCovered)];
}

/** That an end or a due day is near, which counts in so many days. */
const nearStep = (inputs: WhyInputs, dueDay: string, isCovered: boolean): WhyStep[] => {
  const { standing } = standingByInputs(inputs);
  const isNear = standing === 'expiring' || standing === 'due-soon';
  return isNear ? [step(isCovered ? 'near.end' : 'near.due', { due: dueDay }, NEAR_DAYS)] : [];
};
