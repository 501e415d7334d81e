import type { CertificateFacts } from '../../certificates/queries.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { formatDate, type Translate } from '../../../platform/i18n/i18n.js';
import { dayOf } from '../../../platform/lib/days.js';
import { findOrganisation } from '../../../people/organisations/memberships.js';
import { Membership } from '../../../people/organisations/tables.js';
import { StandingInterval } from '../../requirements/tables.js';
import { requirementsOf } from '../../requirements/rules/stored-requirements.js';
import { versionInForce } from '../../requirements/rules/requirement-versions.js';
import type { Standing } from '../../requirements/standings.js';
import { DutyReminder } from './tables.js';

/** A duty that a mail tells of, as it is when the mail goes out. */
export interface MailedDuty {
  readonly title: string;
  readonly source: string;
  readonly dueDay: string;
  readonly standing: Standing;
}

/**
 * What is announced together, with how the person stands today; who has done it meanwhile, or is no longer asked, has no row. Where
 * mail was away for days, the last mail tells of everything that waits, and those before it of nothing, whichever goes out first.
 */
const ANNOUNCED = sql`select distinct ${columns(DutyReminder, 'r', 'requirementId')},
    ${columns(StandingInterval, 'i', 'dueDay', 'standing')}
  from ${DutyReminder} r join ${StandingInterval} i on i.membership_id = r.membership_id
      and i.requirement_id = r.requirement_id and i.retired_at is null and i.due_day = r.due_day
      and i.from_day <= $3 and (i.to_day is null or i.to_day > $3)
  where r.membership_id = $1 and r.outcome = 'due' and r.announced_at <= $2 and r.mailed_at is null
    and not exists (select 1 from ${DutyReminder} n where n.membership_id = r.membership_id and n.outcome = 'due'
      and n.announced_at > $2 and n.mailed_at is null)
    and i.standing in ('current', 'expiring', 'due-soon', 'not-yet-due', 'in-grace', 'overdue')
  order by i.due_day, r.requirement_id`;

/** The mail of one person that was announced at a moment (epoch ms). */
export interface AnnouncedMail {
  readonly membershipId: string;
  readonly announcedAt: number;
}

/** The duties that a mail tells of today. None: it is not wanted any more. */
export async function dutiesToMail(
  { membershipId, announcedAt, organisationId }: AnnouncedMail & { readonly organisationId: string },
  today: string,
): Promise<MailedDuty[]> {
  const found = await rows(ANNOUNCED, [membershipId, announcedAt, today]);
  if (found.length === 0) return [];
  const all = await requirementsOf(organisationId);
  return found.flatMap(({ requirementId, dueDay, standing }) => {
    const version = versionInForce(all.get(requirementId) ?? [], today);
    if (!version?.rule.inForce || dueDay === null) return [];
    return [{ title: version.title, source: version.rule.source, dueDay, standing }];
  });
}

const MAILED = sql`update ${DutyReminder} set mailed_at = $3
  where membership_id = $1 and announced_at <= $2 and mailed_at is null`;

/** The mail was sent, with everything that waited before it. */
export const dutiesMailed = ({ membershipId, announcedAt }: AnnouncedMail, now: number): Promise<unknown> =>
  inTransaction(() => rows(MAILED, [membershipId, announcedAt, now]));

/** A duty as a mail says it. */
export function dutySentence(
  { title, dueDay, standing }: MailedDuty,
  { t, locale }: { t: Translate; locale: string },
): string {
  const day = formatDate(Date.parse(dueDay), { locale, timeZone: 'UTC' });
  if (standing === 'overdue' || standing === 'in-grace')
    return t(`mail.dutiesDue.${standing}`, { title, day });
  const isCovered = standing === 'current' || standing === 'expiring';
  return t(isCovered ? 'mail.dutiesDue.renew' : 'mail.dutiesDue.ahead', { title, day });
}

const DUTIES_OF = sql`select ${columns(StandingInterval, 'i', 'requirementId')}
  from ${Membership} m join ${StandingInterval} i on i.membership_id = m.id and i.retired_at is null
      and i.from_day <= $3 and (i.to_day is null or i.to_day > $3)
  where m.user_id = $1 and m.organisation_id = $2
    and i.standing not in ('not-required', 'waived', 'on-leave')`;

/** Whether the holder's organisation requires the course of a certificate of them today: then its own reminders are sent. */
export async function isRequiredOf(
  { userId, organisationId, facts }: Pick<CertificateFacts, 'userId' | 'organisationId' | 'facts'>,
  now: number,
): Promise<boolean> {
  const organisation = await findOrganisation(organisationId);
  if (!organisation) return false;
  const today = dayOf(now, organisation.timeZone);
  const duties = await rows(DUTIES_OF, [userId, organisationId, today]);
  if (duties.length === 0) return false;
  const all = await requirementsOf(organisationId);
  return duties.some(({ requirementId }) =>
    versionInForce(all.get(requirementId) ?? [], today)?.rule.courses.includes(facts.course.slug),
  );
}
