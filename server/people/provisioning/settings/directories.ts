import { row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { findOrganisation, type OrganisationFacts } from '../../organisations/memberships.js';
import { ProvisioningSettings } from '../tables.js';

/** What an administrator chose for their organisation's directory. */
export type ChosenSettings = Pick<Row<typeof ProvisioningSettings>, 'unitFrom' | 'keptBy'> & {
  readonly invites: boolean;
};

/** A directory that asks: for which organisation, by which token, and when (epoch ms). `key`: of mailed links. */
export interface Directory {
  readonly organisation: OrganisationFacts;
  readonly tokenId: string;
  readonly settings: ChosenSettings;
  readonly key: Buffer;
  readonly now: number;
}

/** Nothing but the people themselves, until somebody chooses otherwise. */
const UNCHOSEN: ChosenSettings = { unitFrom: 'none', invites: false, keptBy: null };

const SETTINGS = sql`select ${columns(ProvisioningSettings, 's', 'unitFrom', 'invites', 'keptBy')}
  from ${ProvisioningSettings} s where s.organisation_id = $1`;

export async function settingsOf(organisationId: string): Promise<ChosenSettings> {
  const found = await row(SETTINGS, [organisationId]);
  return found ? { ...found, invites: Boolean(found.invites) } : UNCHOSEN;
}

/** The directory that holds a token. */
export async function directoryWith(
  token: { readonly id: string; readonly organisationId: string },
  { key, now }: { key: Buffer; now: number },
): Promise<Directory> {
  const organisation = await findOrganisation(token.organisationId);
  if (!organisation) throw new Error(`The organisation ${token.organisationId} of a token is gone`);
  return { organisation, tokenId: token.id, settings: await settingsOf(organisation.id), key, now };
}

const KEEP = sql`insert into ${ProvisioningSettings} (organisation_id, unit_from, invites, kept_by, kept_at)
  values ($1, $2, $3, $4, $5)
  on conflict (organisation_id) do update set unit_from = $2, invites = $3, kept_by = $4, kept_at = $5`;

/** Choose what the directory may do. Whoever is known already stays as they are. */
export const keepDirectorySettings = (
  { unitFrom, invites }: Pick<ChosenSettings, 'unitFrom' | 'invites'>,
  { organisationId, actorId, now }: { organisationId: string; actorId: string; now: number },
): Promise<void> =>
  inTransaction(async () => {
    await rows(KEEP, [organisationId, unitFrom, invites, actorId, now]);
    await record('provisioning.chosen', { unitFrom, invites }, { actorId, organisationId, now });
  });
