import { rows } from '../../platform/db/rows.js';
import { columns, parameters, sql, type Sql } from '../../platform/db/sql.js';
import { inLocale, languageFor, offeredLocales } from '../../platform/i18n/spoken.js';
import { Membership, Organisation } from './tables.js';

/** Whose language it is: that of an organisation, else that of the organisations somebody belongs to, else of the installation's own. */
export interface Addressed {
  readonly organisationId: string | null;
  readonly userId: string | null;
}

/** Do something in the offered language of whoever it is for. With one language, no organisation is asked. */
export async function inLanguageOf<T>(
  addressed: Addressed,
  { designPage }: { readonly designPage: boolean },
  work: () => Promise<T>,
): Promise<T> {
  const offered = offeredLocales(designPage);
  const language = offered.length === 1 ? null : languageFor(await localesFor(addressed), offered);
  return language === null ? work() : inLocale(language, work);
}

const localesFor = ({ organisationId, userId }: Addressed): Promise<string[]> =>
  organisationId !== null
    ? localesOf([organisationId])
    : localesAmong(
        sql`o.id in (select m.organisation_id from ${Membership} m where m.user_id = $1 and m.employment <> 'left')`,
        [userId ?? ''],
      );

/** The languages of organisations, employers first; that of the installation's own comes last, as it is everybody's. */
export const localesOf = (ids: readonly string[]): Promise<string[]> =>
  localesAmong(ids.length === 0 ? sql`1 = 0` : sql`o.id in (${parameters(ids.length)})`, ids);

const localesAmong = async (own: Sql, params: readonly string[]): Promise<string[]> =>
  (
    await rows(
      sql`select ${columns(Organisation, 'o', 'locale')} from ${Organisation} o where o.kind = 'open' or ${own}
          order by o.kind, o.name, o.id`,
      params,
    )
  ).map(({ locale }) => locale);
