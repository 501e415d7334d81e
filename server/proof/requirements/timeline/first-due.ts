import { isOn, valueOn } from '../../../platform/lib/dated.js';
import { daysAfter } from '../../../platform/lib/days.js';
import type { ExemptionFacts, RequirementFacts, VersionFacts } from '../requirement-facts.js';
import type { Rule } from '../requirement-rule.js';
import type { Because } from '../standing-interval.js';
import { asksTheSame } from './versions.js';

export type Due = NonNullable<Because['firstDue']>;

/** An unbroken run of days on which somebody is meant: since when, and the versions that were in force, in order. */
export interface MeantRun {
  readonly since: string;
  readonly versions: readonly VersionFacts[];
}

/**
 * The first due day of a run, as it is on a day: what the version in force says, never before its notice is over. A later day
 * that an earlier version had announced stays, unless this one brings it forward. Then leave moves it, and an extension that
 * runs gives more time. Null: it cannot be reckoned, since the day of hire is missing.
 */
export function firstDueOn(
  facts: RequirementFacts,
  run: MeantRun,
  day: string,
): { due: Due | null; exemptionId: string | null } {
  const hiredOn = valueOn(facts.member.hired, day);
  const announced = run.versions.reduce<{ due: Due | null; by: VersionFacts | null }>(
    ({ due, by }, version) => ({
      due: by && due && asksTheSame(by, version) ? due : setBy(version, { hiredOn, since: run.since }, due),
      by: version,
    }),
    { due: null, by: null },
  ).due;
  const extension = extensionOn(facts.exemptions, day);
  const extended = extension && (announced === null || extension.dueDay > announced.day) ? extension : null;
  const versionId = run.versions.at(-1)?.id ?? '';
  const due: Due | null = extended
    ? { day: extended.dueDay, by: 'extension', from: null, versionId }
    : announced;
  return { due: due && afterLeave(facts, run, due), exemptionId: extended?.id ?? null };
}

/** The due day that a version sets, where an earlier version had announced `before`. */
function setBy(version: VersionFacts, inputs: Inputs, before: Due | null): Due | null {
  const due = later(ruled(version, inputs), noticeOf(version));
  if (due === null || before === null || version.rule.bringForward || before.day <= due.day) return due;
  return { ...before, by: 'announced' };
}

interface Inputs {
  readonly hiredOn: string | null;
  readonly since: string;
}

function ruled({ id: versionId, rule: { firstDue } }: VersionFacts, { hiredOn, since }: Inputs): Due | null {
  if ('on' in firstDue) return { day: firstDue.on, by: 'day', from: null, versionId };
  const from = firstDue.after === 'hired' ? hiredOn : since;
  return from === null ? null : { day: daysAfter(from, firstDue.days), by: firstDue.after, from, versionId };
}

const noticeOf = ({ id: versionId, fromDay, rule }: VersionFacts): Due => ({
  ...{ day: daysAfter(fromDay, rule.noticeDays), by: 'notice', from: fromDay, versionId },
});

const later = (due: Due | null, notice: Due): Due | null =>
  due !== null && notice.day > due.day ? notice : due;

/** The extension that runs on a day; of several, the one that gives most time. */
function extensionOn(
  exemptions: readonly ExemptionFacts[],
  day: string,
): (ExemptionFacts & { dueDay: string }) | null {
  return exemptions.reduce<(ExemptionFacts & { dueDay: string }) | null>((most, each) => {
    const { kind, dueDay } = each;
    if (kind !== 'extension' || dueDay === null || !isOn(each, day)) return most;
    return most && most.dueDay >= dueDay ? most : { ...each, dueDay };
  }, null);
}

/** A due day that falls in leave, so many days after the return; it stays while nobody knows the day of return. */
function afterLeave({ member }: RequirementFacts, { versions }: MeantRun, due: Due): Due {
  const { leave } = versions.at(-1)?.rule ?? { leave: STAYS };
  if (leave.due === 'stays') return due;
  const back = returnAfter(member.employment, due.day);
  return back === null ? due : { ...due, day: daysAfter(back, leave.days), by: 'after-return', from: back };
}

const STAYS: Rule['leave'] = { due: 'stays' };

/** The first day after the leave that a day falls in; null: it falls in none, or in one without an end. */
function returnAfter(employment: RequirementFacts['member']['employment'], day: string): string | null {
  const leave = employment.find(each => isOn(each, day) && each.value === 'on-leave');
  if (!leave) return null;
  let back = leave.toDay;
  for (
    let next;
    back !== null && (next = employment.find(each => isOn(each, back ?? '') && each.value === 'on-leave'));
  )
    back = next.toDay;
  return back;
}
