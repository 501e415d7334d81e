import type { Translate } from '../../../../platform/i18n/i18n.js';
import type { CountedNotification } from '../../notification-counts/counted-notifications.js';
import { lengthText } from '../rule-texts.js';
import type { ReportFigures } from './report-figures.js';
import type { ReportHours } from './report-hours.js';

/** What a report is about. */
export interface ReportOf {
  readonly figures: ReportFigures;
  readonly hours: ReportHours;
  /** Null: the rule does not ask for them. */
  readonly notifications: readonly CountedNotification[] | null;
  /** Whether requirements are linked to the rule. */
  readonly isLinked: boolean;
  /** The day on which people are concerned, in words. */
  readonly concernedOn: string;
}

/** The numbers of a report by their names, in the order in which it says them; one that counts nothing here is left out. */
export function reportNumbers({
  figures,
  hours: { required },
  notifications,
  isLinked,
}: Omit<ReportOf, 'concernedOn'>) {
  const { groups, concerned, concernedTrained } = figures;
  return {
    people: sum(groups.map(({ people }) => people)),
    initial: sum(groups.map(({ initial }) => initial)),
    again: sum(groups.map(({ again }) => again)),
    ...(isLinked ? { concerned, concernedTrained } : {}),
    ...(required === null ? {} : { enough: required.enough, short: required.short }),
    ...(notifications === null ? {} : { notifications: notifications.length }),
  };
}

/** The report in sentences: one for each number, so that nobody has to guess what it counts. */
export function reportSentences(report: ReportOf, t: Translate): string[] {
  const { hours, notifications, isLinked, concernedOn } = report;
  const { people, initial, again, concerned = 0, concernedTrained = 0 } = reportNumbers(report);
  const said = (key: string, count: number) => t(`ruleReport.${key}`, { count, day: concernedOn });
  const both = initial + again - people;
  return [
    ...(people > 0
      ? [said('trained', people), said('initial', initial), said('again', again)]
      : [t('ruleReport.nobody')]),
    ...(both > 0 ? [said('both', both)] : []),
    ...(isLinked ? [said('concerned', concerned)] : [t('ruleReport.noRequirement')]),
    ...(concerned > 0 ? [said('concernedTrained', concernedTrained)] : []),
    ...hourSentences(hours, t),
    ...(notifications === null ? [] : notificationSentences(notifications, t)),
  ];
}

/** What was served, and what the rule asks for. */
function hourSentences(
  { courseMinutes, uncounted, sessions, roomMinutes, required }: ReportHours,
  t: Translate,
): string[] {
  const rooms = { count: sessions, hours: hoursText(roomMinutes, t) };
  return [
    ...(courseMinutes > 0 ? [t('ruleReport.hours', { hours: hoursText(courseMinutes, t) })] : []),
    ...(uncounted > 0 ? [t('ruleReport.uncounted', { count: uncounted })] : []),
    ...(sessions > 0 ? [t('ruleReport.rooms', rooms)] : []),
    ...(required === null
      ? []
      : [
          t('ruleReport.required', { least: lengthText(required.minutes, t) }),
          t('ruleReport.enough', { count: required.enough }),
          ...(required.short > 0 ? [t('ruleReport.short', { count: required.short })] : []),
        ]),
  ];
}

const hoursText = (minutes: number, t: Translate): string => t('numbers.decimal', { value: minutes / 60 });

function notificationSentences(all: readonly CountedNotification[], t: Translate): string[] {
  const from = (source: string) => all.filter(each => each.source === source).length;
  const told = {
    hotline: all.filter(({ hotlineOn }) => hotlineOn !== null).length,
    police: all.filter(({ policeOn }) => policeOn !== null).length,
  };
  const counts = { count: all.length, staff: from('staff'), passenger: from('passenger') };
  return [t('ruleReport.notified', counts), ...(all.length > 0 ? [t('ruleReport.toldOf', told)] : [])];
}

/** People by job, or by unit, in order of its name: the groups that have it in common. Null, the last: it was not entered. */
export function reportRows({ groups }: ReportFigures, by: 'job' | 'unit') {
  const names = [...new Set(groups.map(group => group[by]))].sort(byName);
  return names.map(name => {
    const own = groups.filter(group => group[by] === name);
    return {
      name,
      people: sum(own.map(({ people }) => people)),
      initial: sum(own.map(({ initial }) => initial)),
      again: sum(own.map(({ again }) => again)),
    };
  });
}

/** By code units, so that the same report has the same bytes wherever it is made. */
const byName = (a: string | null, b: string | null): number =>
  a === null || b === null ? Number(a === null) - Number(b === null) : a < b ? -1 : Number(a > b);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
