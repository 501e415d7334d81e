import { row, rows } from '../../../platform/db/rows.js';
import { orNull, renamed, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { Conflict } from '../../../errors.js';
import { record } from '../../../platform/events/record.js';
import { Organisation } from '../../../people/organisations/tables.js';
import type { CertificateFacts } from '../queries.js';
import { maskName } from '../verification/holder-name.js';
import { ShownNameChoice } from './tables.js';

/** What a stranger who has the number sees of the name, most private first. */
export const NAME_VISIBILITIES = ['hidden', 'masked', 'full'] as const;
export type NameVisibility = (typeof NAME_VISIBILITIES)[number];

/** The choice of the organisation, the holder's choice for this certificate (null: none), and the one that applies. */
export interface NameVisibilityChoices {
  readonly organisation: NameVisibility;
  readonly holder: NameVisibility | null;
  readonly holds: NameVisibility;
}

/** The more private of the two: a holder may show less than the organisation, never more. */
export function strictestVisibility(
  organisation: NameVisibility,
  holder: NameVisibility | null,
): NameVisibility {
  if (holder === null) return organisation;
  const strictest = Math.min(NAME_VISIBILITIES.indexOf(organisation), NAME_VISIBILITIES.indexOf(holder));
  return NAME_VISIBILITIES[strictest] ?? 'hidden';
}

/** The name as it is shown; null when it is hidden. */
export const nameAsShown = (name: string, shown: NameVisibility): string | null =>
  shown === 'hidden' ? null : shown === 'masked' ? maskName(name) : name;

const CHOICES = sql`select ${renamed(Organisation, 'o', { organisation: 'shownName' })},
    ${orNull(renamed(ShownNameChoice, 's', { holder: 'shownName' }))}
  from ${Organisation} o left join ${ShownNameChoice} s on s.cycle_id = $1 where o.id = $2`;

/** How the name on a certificate is shown. The holder's choice belongs to the cycle: a corrected certificate keeps it. */
export async function nameVisibilityOf({
  cycleId,
  organisationId,
}: Pick<CertificateFacts, 'cycleId' | 'organisationId'>): Promise<NameVisibilityChoices> {
  const found = await row(CHOICES, [cycleId, organisationId]);
  const { organisation, holder } = found ?? { organisation: 'hidden', holder: null };
  return { organisation, holder, holds: strictestVisibility(organisation, holder) };
}

/** The name on a certificate as a stranger with its number sees it; null when it is hidden. */
export const nameForStrangers = async (
  certificate: Pick<CertificateFacts, 'cycleId' | 'organisationId'>,
  name: string,
): Promise<string | null> => nameAsShown(name, (await nameVisibilityOf(certificate)).holds);

/** Store the holder's choice. Throws Conflict for more than the organisation shows. */
export function chooseNameVisibility(
  certificate: Pick<CertificateFacts, 'cycleId' | 'organisationId' | 'userId'>,
  shown: NameVisibility,
  now: number,
): Promise<void> {
  const { cycleId, organisationId, userId } = certificate;
  return inTransaction(async () => {
    const { organisation, holder } = await nameVisibilityOf(certificate);
    if (strictestVisibility(organisation, shown) !== shown)
      throw new Conflict('The organisation shows less than that');
    if (shown === holder) return;
    await rows(CHOOSE, [cycleId, organisationId, userId, shown, now]);
    await record('shown-name.chosen', { cycleId, shown }, { actorId: userId, organisationId, now });
  });
}

const CHOOSE = sql`insert into ${ShownNameChoice} (cycle_id, organisation_id, user_id, shown_name, chosen_at)
  values ($1, $2, $3, $4, $5) on conflict (cycle_id) do update set shown_name = $4, chosen_at = $5`;
