import { row, rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { Conflict } from '../../errors.js';
import { record } from '../../events/record.js';
import type { CertificateFacts } from '../queries.js';
import { maskName } from '../verification/verdict.js';

/** What a stranger with the number sees of the name, most private first. */
export const SHOWN = ['hidden', 'masked', 'full'] as const;
export type ShownName = (typeof SHOWN)[number];

/** What the organisation chose, what the holder chose for this certificate (null: nothing), and what holds of the two. */
export interface Showing {
  readonly organisation: ShownName;
  readonly holder: ShownName | null;
  readonly holds: ShownName;
}

/** The more private of the two: a holder may show less than the organisation, never more. */
export function strictest(organisation: ShownName, holder: ShownName | null): ShownName {
  if (holder === null) return organisation;
  return SHOWN[Math.min(SHOWN.indexOf(organisation), SHOWN.indexOf(holder))] ?? 'hidden';
}

/** A name as it is shown; null when it is hidden. */
export const asShown = (name: string, shown: ShownName): string | null =>
  shown === 'hidden' ? null : shown === 'masked' ? maskName(name) : name;

/** How the name on a certificate is shown. A choice is for the round: a corrected certificate keeps it. */
export async function showingOf({
  cycleId,
  organisationId,
}: Pick<CertificateFacts, 'cycleId' | 'organisationId'>): Promise<Showing> {
  const found = await row<Omit<Showing, 'holds'>>(
    `select o.shown_name as organisation, s.shown_name as holder from organisations o
       left join shown_names s on s.cycle_id = $1
     where o.id = $2`,
    [cycleId, organisationId],
  );
  const { organisation, holder } = found ?? { organisation: 'hidden', holder: null };
  return { organisation, holder, holds: strictest(organisation, holder) };
}

/** The name on a certificate as a stranger with its number sees it; null when it is hidden. */
export const shownName = async (
  certificate: Pick<CertificateFacts, 'cycleId' | 'organisationId'>,
  name: string,
): Promise<string | null> => asShown(name, (await showingOf(certificate)).holds);

/** The holder chooses. Throws Conflict for more than the organisation shows. */
export function chooseShown(
  certificate: Pick<CertificateFacts, 'cycleId' | 'organisationId' | 'userId'>,
  shown: ShownName,
  now: number,
): Promise<void> {
  const { cycleId, organisationId, userId } = certificate;
  return inTransaction(async () => {
    const { organisation, holder } = await showingOf(certificate);
    if (strictest(organisation, shown) !== shown) throw new Conflict('The organisation shows less than that');
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
export const organisationShows = async (organisationId: string): Promise<ShownName> =>
  (
    await row<{ shown: ShownName }>('select shown_name as shown from organisations where id = $1', [
      organisationId,
    ])
  )?.shown ?? 'hidden';

/** An organisation chooses: it holds at once, for all its certificates. */
export function setShown(
  organisationId: string,
  shown: ShownName,
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
