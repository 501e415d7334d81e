import { sql } from '../../../platform/db/sql.js';
import { Membership } from '../tables.js';

/**
 * The condition that an organisation may give somebody a new PIN by a card: a membership `m`, with its account `u`, if there is one. It
 * gave the card with which the account began, or nobody else ever had to do with the account.
 */
export const GETS_CARD = sql`(m.user_id is null or u.card_organisation_id = m.organisation_id
  or not exists (select 1 from ${Membership} other where other.user_id = m.user_id and other.id <> m.id))`;
