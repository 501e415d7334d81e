import { isOn, valueOn } from '../../../platform/lib/dated.js';
import { daysAfter } from '../../../platform/lib/days.js';
import type { RequirementFacts, VersionFacts } from '../../requirements/requirement-facts.js';
import type { Because, Interval } from '../../requirements/standing-interval.js';
import type { Standing } from '../../requirements/standings.js';
import { standingOf } from '../../requirements/timeline/standing-of.js';

/** Everything that decides how somebody stands on a day, as the page of why shows it. */
export interface WhyInputs {
  readonly day: string;
  readonly because: Because;
  /** The version in force; null: none is. */
  readonly version: VersionFacts | null;
  /** The version that set the first due day, where there is one. */
  readonly dueVersion: VersionFacts | null;
  /** The day of the completion that covers, or covered last. */
  readonly completedOn: string | null;
  readonly isWaived: boolean;
  readonly isOnLeave: boolean;
}

/** What decides about a day. `facts` went through `asKnown`; null: nothing is required on that day or was before. */
export function whyInputs(facts: RequirementFacts, interval: Interval | null, day: string): WhyInputs | null {
  if (!interval) return null;
  const { because } = interval;
  const versionOf = (id: string | undefined) => facts.versions.find(each => each.id === id) ?? null;
  return {
    day,
    because,
    version: versionOf(because.versionId ?? undefined),
    dueVersion: versionOf(because.firstDue?.versionId),
    completedOn: facts.member.credits.find(({ id }) => id === because.cover?.creditId)?.completedOn ?? null,
    isWaived: facts.exemptions.some(
      each => each.id === because.exemptionId && each.kind === 'waiver' && isOn(each, day),
    ),
    isOnLeave: valueOn(facts.member.employment, day) === 'on-leave',
  };
}

/** The dates that follow from the inputs. */
export interface WhyDates {
  readonly isCovered: boolean;
  readonly dueDay: string | null;
  /** The last day of grace; null: there is none, or it is not needed. */
  readonly graceEnd: string | null;
}

/** The arithmetic from the inputs to the dates. */
export function whyDates({ day, because: { cover, firstDue }, version }: WhyInputs): WhyDates {
  if (cover && (cover.lastDay === null || day <= cover.lastDay))
    return { isCovered: true, dueDay: cover.lastDay, graceEnd: null };
  const days = [firstDue?.day ?? '', cover?.lastDay ?? ''].sort();
  const graceEnd = cover?.lastDay ? daysAfter(cover.lastDay, version?.rule.graceDays ?? 0) : null;
  return { isCovered: false, dueDay: days.at(-1) || null, graceEnd };
}

/** How somebody stands, and by when, by nothing but the inputs that the page shows: what is stored has to be the same. */
export function standingByInputs(inputs: WhyInputs): { standing: Standing; dueDay: string | null } {
  if (inputs.because.meantSince === null) return { standing: 'not-required', dueDay: null };
  if (inputs.isWaived) return { standing: 'waived', dueDay: null };
  const { isCovered, dueDay, graceEnd } = whyDates(inputs);
  if (inputs.isOnLeave) return { standing: 'on-leave', dueDay };
  return {
    standing: standingOf(inputs.day, { cover: isCovered ? coverOf(inputs) : null, dueDay, graceEnd }),
    dueDay,
  };
}

/** The cover as the judgement of a day takes it. */
const coverOf = ({ because: { cover }, completedOn }: WhyInputs) => ({
  creditId: cover?.creditId ?? '',
  fromDay: completedOn ?? '',
  lastDay: cover?.lastDay ?? null,
  by: 'certificate' as const,
});
