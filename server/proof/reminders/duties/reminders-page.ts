import { failingEvents } from '../../../platform/events/jobs/job-events.js';
import { formatMoment, formatTime } from '../../../platform/i18n/i18n.js';
import { hereIn } from '../../../platform/i18n/spoken.js';
import { daysAfter } from '../../../platform/lib/days.js';
import { dayWords } from '../../../people/organisations/day-words.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import { can } from '../../../policy.js';
import type { OpenRequirements } from '../../requirements/rules/open-requirement.js';
import { summarySection } from '../managers/summary-section.js';
import { lastGoneThrough } from './planned-reminders.js';
import { peopleNotReached } from './people-not-reached.js';
import { nudgeRows } from './nudges-page.js';
import { putOffUntil } from './put-off.js';
import { sentLog } from './sent-log.js';
import { toldOn } from './tomorrow.js';

/** Days of the log. */
const LOG_DAYS = 14;
const DAY = 86_400_000;

/** Reminders of an organisation: what goes out tomorrow for one requirement, what went out, and whether mail and clock are at work. */
export async function remindersPage(open: OpenRequirements, requirementId: string) {
  const { organisation, actor, today, now } = open;
  const { id, timeZone } = organisation;
  const last = await lastGoneThrough(id);
  const place = hereIn(timeZone);
  const putOff = await putOffUntil(id, now);
  const seesAll = can(actor, 'organisation.manage', { organisationId: id });
  return {
    organisation: organisationHead(organisation, actor),
    last: last && formatMoment(last.at, place),
    isLate: last !== null && last.day < daysAfter(today, -1),
    putOff: putOff === null ? null : formatTime(putOff, place),
    waiting: await waitingMails(id),
    ...(await toldOn(actor, { organisationId: id, requirementId, day: daysAfter(today, 1), now })),
    notReached: await peopleNotReached(open),
    tomorrow: dayWords(daysAfter(today, 1)),
    summary: await summarySection(open),
    log: seesAll ? await sentLog(organisation, daysAfter(today, -LOG_DAYS)) : null,
    nudges: await nudgeRows(organisation, {
      since: now - LOG_DAYS * DAY,
      actorId: seesAll ? null : actor.id,
    }),
  };
}

/** The mails of which the page tells. */
const MAILS = ['mail.duties-due', 'mail.duties-escalated', 'mail.digest-due'] as const;

/** Mails of an organisation that failed at least once and are tried again. */
async function waitingMails(organisationId: string): Promise<number> {
  const failing = await failingEvents(MAILS);
  return failing.filter(event => event.organisationId === organisationId).length;
}
