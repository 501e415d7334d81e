import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { record } from '../events/record.js';

/** A person in an organisation: what turning refreshers on and off is about. */
export interface Recipient {
  readonly userId: string;
  readonly organisationId: string;
}

/** Whether refreshers are mailed to a person. */
export const wantsRefreshers = async ({ userId, organisationId }: Recipient): Promise<boolean> =>
  (await row(
    `select 1 as found from refresher_choices
     where user_id = $1 and organisation_id = $2 and turned_off_at is not null`,
    [userId, organisationId],
  )) === null;

/**
 * Turn refreshers off, or on again: by a mailed link, whose holder is not known for certain, or by the person on
 * their account. What is so already stays as it is, and is no news.
 */
export function chooseRefreshers(
  { userId, organisationId }: Recipient,
  { isOn, by }: { isOn: boolean; by: 'link' | 'account' },
  now: number,
): Promise<void> {
  return inTransaction(async () => {
    const [changed] = await rows(
      isOn
        ? `update refresher_choices set turned_off_at = null, changed_at = $3
           where organisation_id = $1 and user_id = $2 and turned_off_at is not null returning user_id`
        : `insert into refresher_choices (organisation_id, user_id, turned_off_at, changed_at)
           values ($1, $2, $3, $3)
           on conflict (organisation_id, user_id) do update set turned_off_at = $3, changed_at = $3
           where refresher_choices.turned_off_at is null returning user_id`,
      [organisationId, userId, now],
    );
    if (!changed) return;
    const name = isOn ? 'refreshers.turned-on' : 'refreshers.turned-off';
    const actorId = by === 'account' ? userId : null;
    await record(name, { userId, by }, { actorId, organisationId, now });
  });
}
