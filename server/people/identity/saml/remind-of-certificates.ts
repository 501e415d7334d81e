import { row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { IdentityProvider } from '../tables.js';
import { certificateEnds, descriptionIn, ROLL_TIME } from './saml-description.js';

const IN_USE = sql`select ${columns(IdentityProvider, 'p', 'id', 'organisationId', 'metadata')} from ${IdentityProvider} p
  where p.protocol = 'saml' and p.state <> 'off'`;
const TOLD = sql`update ${IdentityProvider} set told_end = $1
  where id = $2 and (told_end is null or told_end <> $1) returning id`;

/** Tell, once, of each provider in use whose last certificate ends soon: whoever runs it makes the next one in time. */
export async function remindOfCertificates(now: number): Promise<void> {
  for (const { id: providerId, organisationId, metadata } of await rows(IN_USE)) {
    const description = descriptionIn(metadata);
    const [end = Infinity] = description ? certificateEnds(description) : [];
    if (end <= now || end - now >= ROLL_TIME) continue;
    await inTransaction(async () => {
      if (!(await row(TOLD, [end, providerId]))) return;
      const news = { providerId, endsAt: end };
      await record('identity-provider.certificate-ending', news, { actorId: null, organisationId, now });
    });
  }
}
