import { dayOf } from '../../../../platform/lib/days.js';
import type { Regulation } from '../../../../teaching/content/schema/types.js';
import { notificationsIn } from '../../notification-counts/counted-notifications.js';
import type { OpenRule } from '../open-rule.js';
import { leastMinutes } from '../rule-texts.js';
import { reportFigures, type ReportScope } from './report-figures.js';
import { reportHours } from './report-hours.js';
import type { ReportPeriod } from './report-period.js';

/** What a report on a rule was asked for, so that the same can be counted again. All of it is JSON. */
export type ReportParams = {
  readonly rule: string;
  readonly title: string;
  readonly cite: string;
  readonly courses: string[];
  readonly requirements: string[];
  readonly from: string;
  readonly last: string;
  readonly notifications: boolean;
  /** How long the rule asks that each person is trained, in minutes; a report that was asked for before this was kept has none. */
  readonly least?: number | null;
};

/** The report on a rule that an organisation would ask for now. */
export const paramsFor = ({ rule, chosen }: OpenRule, { from, last }: ReportPeriod): ReportParams => ({
  ...{ rule: rule.id, title: rule.title, cite: rule.cite, from, last },
  courses: [...rule.courses],
  requirements: [...(chosen?.requirements ?? [])],
  notifications: asksForNotifications(rule),
  least: leastMinutes(rule),
});

const asksForNotifications = ({ report }: Pick<Regulation, 'report'>): boolean =>
  report?.notifications === true;

/** Everything that a report says, as it was known at `knownAt` (epoch ms). */
export async function reportAt(
  params: ReportParams,
  { organisationId, timeZone, knownAt }: { organisationId: string; timeZone: string; knownAt: number },
) {
  const { from, last, courses, requirements } = params;
  const today = dayOf(knownAt, timeZone);
  const concernedOn = last < today ? last : today;
  const scope: ReportScope = { organisationId, courses, requirements, from, last, concernedOn, knownAt };
  return {
    scope,
    figures: await reportFigures(scope),
    hours: await reportHours(scope, params.least ?? null),
    notifications: params.notifications
      ? await notificationsIn(organisationId, { from, last, knownAt })
      : null,
    isLinked: requirements.length > 0,
    concernedOn,
  };
}
