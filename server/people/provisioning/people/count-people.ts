import { eraseRows, type PersonIds } from '../../../platform/db/personal-data.js';
import { listed, rows } from '../../../platform/db/rows.js';
import { sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { provisioningData } from '../provisioning-data.js';
import { ProvisionedPerson, ProvisioningCount } from '../tables.js';

const MORE = sql`insert into ${ProvisioningCount} (organisation_id, people) values ($1, 1)
  on conflict (organisation_id) do update set people = ${ProvisioningCount}.people + 1`;
const FEWER = sql`update ${ProvisioningCount} set people = people - 1 where organisation_id = $1`;

/** A directory keeps one person more. Joins the transaction. */
export const countOneMore = (organisationId: string): Promise<unknown> => rows(MORE, [organisationId]);

/** A directory keeps one person less. Joins the transaction. */
export const countOneFewer = (organisationId: string): Promise<unknown> => rows(FEWER, [organisationId]);

const OWN = () => sql`from ${ProvisionedPerson} s
  where s.membership_id in (select value ->> 0 from ${listed(1)} as list) and s.removed_at is null`;
const FORGET = () => sql`update ${ProvisioningCount} set people = people - (select count(*) ${OWN()}
    and s.organisation_id = ${ProvisioningCount}.organisation_id)
  where organisation_id in (select s.organisation_id ${OWN()})`;

/** Erase what directories told of somebody, who is counted no more. */
export const eraseProvisioned = (whose: PersonIds): Promise<void> =>
  inTransaction(async () => {
    await rows(FORGET(), [JSON.stringify(whose.membershipIds.map(id => [id]))]);
    await eraseRows(provisioningData, whose);
  });
