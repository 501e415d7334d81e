import { row, rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { Conflict } from '../../errors.js';
import { record } from '../../events/record.js';
import type { CertificateFacts } from '../queries.js';
import { maskName } from '../verification/verdict.js';

/** What a stranger with the number sees of the name, most private first. */
export const NAME_VISIBILITIES = ['hidden', 'masked', 'full'] as const;
export type NameVisibility = (typeof NAME_VISIBILITIES)[number];

/** What the organisation chose, what the holder chose for this certificate (null: nothing), and what holds of the two. */
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
  return (
    NAME_VISIBILITIES[Math.min(NAME_VISIBILITIES.indexOf(organisation), NAME_VISIBILITIES.indexOf(holder))] ??
    'hidden'
  );
}

/** A name as it is shown; null when it is hidden. */
export const nameAsShown = (name: string, shown: NameVisibility): string | null =>
  shown === 'hidden' ? null : shown === 'masked' ? maskName(name) : name;

/** How the name on a certificate is shown. A choice is for the round: a corrected certificate keeps it. */
export async function nameVisibilityOf({
  cycleId,
  organisationId,
}: Pick<CertificateFacts, 'cycleId' | 'organisationId'>): Promise<NameVisibilityChoices> {
  const found = await row<Omit<NameVisibilityChoices, 'holds'>>(
    `select o.shown_name as organisation, s.shown_name as holder from organisations o
       left join shown_names s on s.cycle_id = $1
     where o.id = $2`,
    [cycleId, organisationId],
  );
  const { organisation, holder } = found ?? { organisation: 'hidden', holder: null };
  return { organisation, holder, holds: strictestVisibility(organisation, holder) };
}

/** The name on a certificate as a stranger with its number sees it; null when it is hidden. */
export const nameForStrangers = async (
  certificate: Pick<CertificateFacts, 'cycleId' | 'organisationId'>,
  name: string,
): Promise<string | null> => nameAsShown(name, (await nameVisibilityOf(certificate)).holds);

/** The holder chooses. Throws Conflict for more than the organisation shows. */
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
    await rows(
      `insert into shown_names (cycle_id, organisation_id, user_id, shown_name, chosen_at)
       values ($1, $2, $3, $4, $5)
       on conflict (cycle_id) do update set shown_name = $4, chosen_at = $5`,
      [cycleId, organisationId, userId, shown, now],
    );
    await record('shown-name.chosen', { cycleId, shown }, { actorId: userId, organisationId, now });
  });
}

/** How an organisation shows the names of its people, where they choose nothing more private. */
export const organisationNameVisibility = async (organisationId: string): Promise<NameVisibility> =>
  (
    await row<{ shown: NameVisibility }>('select shown_name as shown from organisations where id = $1', [
      organisationId,
    ])
  )?.shown ?? 'hidden';

/** An organisation chooses: it holds at once, for all its certificates. */
export function setNameVisibility(
  organisationId: string,
  shown: NameVisibility,
  { actorId, now }: { actorId: string; now: number },
): Promise<void> {
  return inTransaction(async () => {
    const [changed] = await rows(
      'update organisations set shown_name = $1 where id = $2 and shown_name <> $1 returning id',
      [shown, organisationId],
    );
    if (changed) await record('shown-name.set', { shown }, { actorId, organisationId, now });
  });
}
