import { row, rows } from '../../platform/db/rows.js';
import { sql } from '../../platform/db/sql.js';
import type { Row } from '../../platform/db/table.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { record } from '../../platform/events/record.js';
import { MailChoice } from './tables.js';

/** Mail that people may turn off: questions after a course, reminders that a certificate ends, the weekly summary of a manager. */
export type OptionalMail = Row<typeof MailChoice>['mail'];

/** The person and the organisation for which such mail is turned off or on. */
export interface Recipient {
  readonly userId: string;
  readonly organisationId: string;
}

/** Whether a person gets a kind of mail. They do until they turn it off. */
export const wantsMail = async (
  mail: OptionalMail,
  { userId, organisationId }: Recipient,
): Promise<boolean> =>
  (await row(
    sql`select mail from ${MailChoice}
        where mail = $1 and user_id = $2 and organisation_id = $3 and turned_off_at is not null`,
    [mail, userId, organisationId],
  )) === null;

/**
 * Turn a kind of mail off, or on again: through a mailed link, whose holder is not known for certain, or by the person on
 * their account. Choosing what is already chosen changes nothing and records no event.
 */
export function chooseMail(
  mail: OptionalMail,
  { userId, organisationId }: Recipient,
  { isOn, by, now }: { isOn: boolean; by: 'link' | 'account'; now: number },
): Promise<void> {
  return inTransaction(async () => {
    const [changed] = await rows(isOn ? TURN_ON : TURN_OFF, [mail, organisationId, userId, now]);
    if (!changed) return;
    const actorId = by === 'account' ? userId : null;
    await record(`${mail}.turned-${isOn ? 'on' : 'off'}`, { userId, by }, { actorId, organisationId, now });
  });
}

const TURN_ON = sql`update ${MailChoice} set turned_off_at = null, changed_at = $4
  where mail = $1 and organisation_id = $2 and user_id = $3 and turned_off_at is not null returning user_id`;

const TURN_OFF = sql`insert into ${MailChoice} as m (mail, organisation_id, user_id, turned_off_at, changed_at)
  values ($1, $2, $3, $4, $4)
  on conflict (mail, organisation_id, user_id) do update set turned_off_at = $4, changed_at = $4
  where m.turned_off_at is null returning user_id`;
