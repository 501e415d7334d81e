import { isOn, valueOn } from '../../../platform/lib/dated.js';
import { daysAfter } from '../../../platform/lib/days.js';
import type { CreditFacts, RequirementFacts, VersionFacts } from '../requirement-facts.js';
import type { Because, Interval } from '../standing-interval.js';
import { coverOn, coversAfter, creditsOn, isVoidOn, type Cover, type ReckonedCovers } from './covers.js';
import { firstDueOn, type MeantRun } from './first-due.js';
import { meantOn, type Meant } from './meant.js';
import { homeOn } from './member-on-a-day.js';
import { standingOf, wakesOf } from './standing-of.js';
import { versionOn } from './versions.js';

/** What the days before leave to a day. */
export interface Carried {
  readonly wasListed: boolean;
  /** The run of days on which they are meant, up to the day before. */
  readonly run: MeantRun | null;
  /** The last day of the run that was covered, and by what. */
  readonly covered: { readonly day: string; readonly cover: Cover } | null;
  /** What was reckoned for the day before. */
  readonly covers: ReckonedCovers | null;
}

export const NOTHING_BEFORE: Carried = { wasListed: false, run: null, covered: null, covers: null };

/** How somebody stands on a day. `wakes`: the days on which that changes although no fact does. */
export interface JudgedDay {
  readonly stands: Omit<Interval, 'fromDay' | 'toDay'>;
  readonly wakes: readonly string[];
  readonly wasListed: boolean;
  readonly run: MeantRun | null;
  /** What covers the day. */
  readonly cover: Cover | null;
  readonly covers: ReckonedCovers | null;
}

/** How somebody stands on a day, by the facts of that day and what was carried from the day before. */
export function judgeDay(facts: RequirementFacts, before: Carried, day: string): JudgedDay {
  const version = versionOn(facts.versions, day);
  const meant = meantOn(facts, version, { day, wasListed: before.wasListed });
  if (!meant.isMeant || !version) return notMeant(facts, { version, meant, day });
  const run = continued(before.run, version, day);
  const credits = creditsOn(facts.member.credits, version.rule.courses, day);
  const covers = coversAfter(before.covers, version.rule, credits);
  const cover = coverOn(covers.covers, day);
  const judged = judgeMeant(facts, { version, meant, run, cover, last: before.covered, day });
  return { ...judged, covers };
}

interface MeantDay {
  readonly version: VersionFacts;
  readonly meant: Meant;
  readonly run: MeantRun;
  readonly cover: Cover | null;
  readonly last: Carried['covered'];
  readonly day: string;
}

/** How somebody who is meant stands. */
function judgeMeant(facts: RequirementFacts, on: MeantDay): Omit<JudgedDay, 'covers'> {
  const { version, meant, run, cover, last, day } = on;
  const { due, exemptionId } = firstDueOn(facts, run, day);
  const dueDay = cover ? cover.lastDay : later(due?.day ?? null, last?.day ?? null);
  const graceEnd = last && !cover ? daysAfter(last.day, version.rule.graceDays) : null;
  const waiver = facts.exemptions.find(each => each.kind === 'waiver' && isOn(each, day));
  const isAway = valueOn(facts.member.employment, day) === 'on-leave';
  const standing = waiver ? 'waived' : isAway ? 'on-leave' : standingOf(day, { cover, dueDay, graceEnd });
  const because = becauseMeant(on, due, { exemptionId: waiver?.id ?? exemptionId, facts });
  return {
    stands: { standing, unitId: homeOn(facts, day), dueDay: waiver ? null : dueDay, because },
    wakes: wakesOf({ cover, dueDay, graceEnd }),
    wasListed: meant.isListed,
    run,
    cover,
  };
}

function becauseMeant(
  { version, meant, run, cover, last }: MeantDay,
  firstDue: Because['firstDue'],
  { exemptionId, facts }: { exemptionId: string | null; facts: RequirementFacts },
): Because {
  return {
    versionId: version.id,
    meant: meant.why,
    meantSince: run.since,
    firstDue,
    cover: cover ? told(cover) : last && ended(last, facts.member.credits),
    exemptionId,
    gap: firstDue === null ? 'no-hire-date' : null,
  };
}

function notMeant(
  facts: RequirementFacts,
  { version, meant, day }: { version: VersionFacts | null; meant: Meant; day: string },
): JudgedDay {
  const because: Because = {
    versionId: version?.id ?? null,
    meant: meant.why,
    meantSince: null,
    firstDue: null,
    cover: null,
    exemptionId: null,
    gap: null,
  };
  const stands = { standing: 'not-required', unitId: homeOn(facts, day), dueDay: null, because } as const;
  return { stands, wakes: [], wasListed: meant.isListed, run: null, cover: null, covers: null };
}

function continued(run: MeantRun | null, version: VersionFacts, day: string): MeantRun {
  if (!run) return { since: day, versions: [version] };
  return run.versions.at(-1)?.id === version.id ? run : { ...run, versions: [...run.versions, version] };
}

const later = (one: string | null, other: string | null): string | null =>
  one !== null && (other === null || one > other) ? one : other;

const told = ({ creditId, lastDay, by }: Cover) => ({ creditId, lastDay, by });

/** What covered last, and why it does no more. */
function ended(
  { day, cover }: NonNullable<Carried['covered']>,
  credits: readonly CreditFacts[],
): NonNullable<Because['cover']> {
  const credit = credits.find(({ id }) => id === cover.creditId);
  const by =
    credit && isVoidOn(credit, daysAfter(day, 1)) ? 'void' : cover.lastDay === day ? cover.by : 'version';
  return { creditId: cover.creditId, lastDay: day, by };
}
