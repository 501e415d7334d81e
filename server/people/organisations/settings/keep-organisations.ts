import { insertOnce, row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction, toHold } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { Organisation } from '../tables.js';
import { changedFields, PROFILE_FIELDS, type KeptBy, type OrganisationProfile } from './profile.js';
import { requireRunning } from './suspension.js';
import { numberedSlug, slugFrom } from './slugs.js';

/** An organisation with all its settings. */
export type KeptOrganisation = Readonly<Omit<Row<typeof Organisation>, 'treeChanges'>>;

const KEPT = sql`select ${columns(
  Organisation,
  'o',
  'id',
  'slug',
  'kind',
  'createdAt',
  'shownName',
  'paper',
  'colour',
  'darkColour',
  'suspendedAt',
  ...PROFILE_FIELDS,
)} from ${Organisation} o where o.id = $1`;

/** An organisation with all its settings, or null. */
export const keptOrganisation = (id: string): Promise<KeptOrganisation | null> => row(KEPT, [id]);

/**
 * Make an organisation. Its slug follows from its name; the second of a name gets a number. The paper is what its country
 * prints on. Returns its id.
 */
export function makeOrganisation(profile: OrganisationProfile, { actorId, now }: KeptBy): Promise<string> {
  return inTransaction(async () => {
    const id = newId();
    const made = { id, kind: 'customer' as const, paper: paperIn(profile.country), createdAt: now };
    await underFreeSlug(profile.name, slug => insertOnce(Organisation, { ...made, slug, ...profile }));
    await record('organisation.made', {}, { actorId, organisationId: id, now });
    return id;
  });
}

/** North America prints on Letter; everybody else on A4 (ISO 216). */
const paperIn = (country: string | null): KeptOrganisation['paper'] =>
  country !== null && ['US', 'CA', 'MX', 'PR'].includes(country) ? 'letter' : 'a4';

async function underFreeSlug(name: string, take: (slug: string) => Promise<boolean>): Promise<void> {
  const slug = slugFrom(name);
  let nth = 1;
  while (!(await take(numberedSlug(slug, nth)))) nth += 1;
}

const CHANGE = sql`update ${Organisation} set name = $2, sector = $3, country = $4, time_zone = $5, locale = $6,
  contact = $7, hotline_country = $8, retention_months = $9 where id = $1`;

/** Change what is known of an organisation. Its slug follows a new name. What stays the same is no event. */
export function changeOrganisation(
  id: string,
  profile: OrganisationProfile,
  { actorId, now }: KeptBy,
): Promise<void> {
  return inTransaction(async () => {
    const before = await row(sql`${KEPT}${toHold()}`, [id]);
    const fields = before ? changedFields(before, profile) : [];
    if (!before || fields.length === 0) return;
    await requireRunning(id, 'change');
    await rows(CHANGE, [id, ...PROFILE_FIELDS.map(field => profile[field])]);
    if (fields.includes('name')) await underFreeSlug(profile.name, slug => moveTo(slug, id));
    await record('organisation.changed', { fields }, { actorId, organisationId: id, now });
  });
}

/** The open organisation keeps its slug, by which it is found. */
const moveTo = async (slug: string, id: string): Promise<boolean> =>
  (await row(
    sql`update ${Organisation} set slug = case when kind = 'open' then slug else $1 end
        where id = $2 and not exists (select 1 from ${Organisation} o where o.slug = $1 and o.id <> $2) returning id`,
    [slug, id],
  )) !== null;
