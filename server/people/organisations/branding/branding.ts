import { insert, row, rows } from '../../../platform/db/rows.js';
import { columns, orNull, parameters, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { RecentReads } from '../../../platform/lib/recent-reads.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { requireRunning } from '../settings/suspension.js';
import type { KeptBy } from '../settings/profile.js';
import { Organisation, OrganisationLogo } from '../tables.js';
import type { LogoPicture } from './logo-picture.js';
import type { BrandColour } from './passing-colour.js';

/** Set both colours; null: none. They were checked for contrast. */
export function setColours(
  id: string,
  colours: Record<BrandColour, string | null>,
  by: KeptBy,
): Promise<void> {
  return change(id, ['colour', 'darkColour'], by, async () => {
    await rows(sql`update ${Organisation} set colour = $2, dark_colour = $3 where id = $1`, [
      id,
      colours.colour,
      colours.darkColour,
    ]);
  });
}

/** Set the logo, or remove it (null). */
export function setLogo(id: string, logo: LogoPicture | null, by: KeptBy): Promise<void> {
  return change(id, ['logo'], by, async () => {
    await rows(sql`delete from ${OrganisationLogo} where organisation_id = $1`, [id]);
    if (!logo) return;
    const { png, width, height } = logo;
    const kept = { png: png.toString('base64'), sha256: sha256(png), width, height, createdAt: by.now };
    await insert(OrganisationLogo, { organisationId: id, ...kept });
  });
}

async function change(id: string, fields: string[], { actorId, now }: KeptBy, write: () => Promise<void>) {
  await inTransaction(async () => {
    await requireRunning(id, 'change');
    await write();
    await record('organisation.changed', { fields }, { actorId, organisationId: id, now });
  });
  brands.clear();
}

/** The bytes of an organisation's logo, or null. */
export async function logoOf(id: string): Promise<Buffer | null> {
  const found = await row(
    sql`select ${columns(OrganisationLogo, 'l', 'png')} from ${OrganisationLogo} l where l.organisation_id = $1`,
    [id],
  );
  return found && Buffer.from(found.png, 'base64');
}

/** What the head of the pages of an organisation's people shows. */
export type Brand = NonNullable<Awaited<ReturnType<typeof readBrand>>>;

/** A brand is read once a minute; whoever changes it sees the change at once. */
const brands = new RecentReads<Brand | null>(60_000);

/** The brand that somebody of these organisations sees: of the first by name that has one, employers first. */
export async function brandOf(ids: readonly string[], at = performance.now()): Promise<Brand | null> {
  if (ids.length === 0) return null;
  const key = ids.join();
  const known = brands.get(key, at);
  if (known !== undefined) return known;
  const keep = brands.reading(at);
  const found = await readBrand(ids);
  keep(key, found);
  return found;
}

const readBrand = (ids: readonly string[]) =>
  row(
    sql`select ${columns(Organisation, 'o', 'id', 'name', 'colour', 'darkColour')},
          ${orNull(columns(OrganisationLogo, 'l', 'sha256', 'width', 'height'))}
        from ${Organisation} o left join ${OrganisationLogo} l on l.organisation_id = o.id
        where o.id in (${parameters(ids.length)}) and (o.colour is not null or o.dark_colour is not null or l.sha256 is not null)
        order by o.kind, o.name, o.id limit 1`,
    ids,
  );
