import { lastBackup } from '../../platform/db/last-backup.js';
import { openNameRequests } from '../../proof/certificates/holder/name-corrections.js';
import { leftToReissue } from '../../proof/certificates/lifecycle/reissue-after-compromise.js';
import { contentFaults } from '../../teaching/courses/content-faults.js';
import { requestsForInstallation } from '../../teaching/courses/access/course-requests.js';
import { unjudgedCourses } from '../../teaching/courses/changes/course-changes.js';
import { currentCourse } from '../../teaching/courses/catalogue.js';
import { firstEventAt } from '../../platform/events/routines/clock.js';
import { formatDate } from '../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../platform/i18n/spoken.js';
import { waitingErasures } from '../privacy/erasure/erasure-requests.js';
import { MOST_COUNTED } from './figures.js';
import type { Warning, WarningContext } from './warning-source.js';

/** The overview names so many faults of the content; the log has all. */
const MOST_FAULTS = 5;

/** The content of this program was not published at its start: learners have the version before it. */
export function contentNotPublished(): Warning[] {
  const faults = contentFaults();
  if (faults.length === 0) return [];
  const more = [...faults.slice(0, MOST_FAULTS), spoken('admin.warnings.contentMore')];
  return [{ key: 'content', text: spoken('admin.warnings.content', { count: faults.length }), more }];
}

/** Certificates whose key somebody else may have, and which are not reissued yet. */
export async function keysBeingReplaced(): Promise<Warning[]> {
  const count = await leftToReissue(MOST_COUNTED);
  if (count === 0) return [];
  const link = { href: '/admin/keys', text: spoken('keys.tab') };
  return [{ key: 'keys', text: spoken('admin.warnings.keys', { count }), link }];
}

/** A backup older than this is too old (ms); so is an installation of this age that has none. */
const WEEK = 7 * 86_400_000;

export async function backupOverdue({ config, now }: WarningContext): Promise<Warning[]> {
  const last = await lastBackup(config.dataDir);
  const since = Number(last?.at ?? (await firstEventAt()) ?? now);
  if (now - since <= WEEK) return [];
  const date = formatDate(since, hereIn(config.timeZone));
  const text = last ? spoken('admin.warnings.backupOld', { date }) : spoken('admin.warnings.backupNone');
  return [{ key: 'backup', text, more: [spoken('admin.warnings.backupMore')] }];
}

/** People who wait for somebody to decide about the name on their certificate. */
export async function nameRequestsWaiting({ config }: WarningContext): Promise<Warning[]> {
  const open = await openNameRequests();
  if (!open) return [];
  const date = formatDate(open.since, hereIn(config.timeZone));
  const text = spoken('admin.warnings.nameRequests', { count: open.count, date });
  return [
    { key: 'name-requests', text, link: { href: '/name-requests', text: spoken('admin.warnings.answer') } },
  ];
}

/** People who asked to be erased, and wait for somebody to decide. The law gives a month (GDPR, article 12 (3)). */
export async function erasuresWaiting({ config }: WarningContext): Promise<Warning[]> {
  const waiting = await waitingErasures();
  if (!waiting) return [];
  const date = formatDate(waiting.since, hereIn(config.timeZone));
  const text = spoken('admin.warnings.erasures', { count: waiting.count, date });
  return [
    { key: 'erasures', text, link: { href: '/admin/erasures', text: spoken('admin.warnings.decide') } },
  ];
}

/** Requests for restricted courses on which nobody but an administrator of the installation decides. */
export async function courseRequestsWaiting({ config }: WarningContext): Promise<Warning[]> {
  const waiting = await requestsForInstallation();
  const [first] = waiting;
  if (!first) return [];
  const date = formatDate(first.askedAt, hereIn(config.timeZone));
  const text = spoken('admin.warnings.courseRequests', { count: waiting.length, date });
  const link = { href: '/admin/course-access', text: spoken('admin.warnings.answer') };
  return [{ key: 'course-requests', text, link }];
}

/** Until somebody says how much a course has changed, no organisation is asked who has to learn it again. */
export async function changesToJudge(): Promise<Warning[]> {
  const slugs = await unjudgedCourses();
  if (slugs.length === 0) return [];
  const titles = await Promise.all(
    slugs.map(async slug => (await currentCourse(slug))?.snapshot.title ?? slug),
  );
  const text = spoken('admin.warnings.courseChanges', { count: slugs.length });
  const link = { href: '/admin/course-changes', text: spoken('courseChanges.tab') };
  return [{ key: 'course-changes', text, more: titles, link }];
}
