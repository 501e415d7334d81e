import { goesOnIn } from '../accounts/merged-accounts.js';
import { idOfAddress } from '../accounts/people.js';
import { answerAt } from '../accounts/sign-in/doors.js';
import { accountByLink, isAddressTaken } from '../accounts/sign-up/registration.js';
import { insert, row, rows } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import type { Row } from '../../platform/db/table.js';
import { inTransaction, toHold } from '../../platform/db/transaction.js';
import { record } from '../../platform/events/record.js';
import { SignInElsewhere } from '../../errors.js';
import { newId } from '../../platform/lib/ids.js';
import { loadActor } from '../organisations/actors.js';
import { holdOrganisation } from '../organisations/hold-organisation.js';
import { becomeMember, knownMembership } from '../organisations/joining/become-member.js';
import { pausedAmong } from '../organisations/settings/suspension.js';
import { meaningOf, nameIn, vouchedAddress, type Arriving } from './claim-rules.js';
import { claimPlace } from './claimed-place.js';
import { claimRoles } from './claimed-roles.js';
import { organisationOfAddress } from './domains/domains.js';
import { enforcedFor } from './enforcement.js';
import type { ProviderFacts } from './providers/providers.js';
import { rulesOf } from './providers/provider-rules.js';
import { Identity, IdentityProvider } from './tables.js';

/**
 * Why somebody whom a provider let through cannot come in. `address`: it vouches for no address of the organisation's domains;
 * `connect`: the account may do more than the provider may open, unless its owner connects it, or is connected to somebody else there;
 * `blocked`: the account is; `stranger`: the organisation does not know them, and lets nobody join this way; `left`: they left it;
 * `paused`: its training is.
 */
export type Hindrance = 'address' | 'connect' | 'blocked' | 'stranger' | 'left' | 'paused';

export type Arrival =
  | { readonly kind: 'person'; readonly userId: string; readonly connectedBy: ConnectedBy }
  | { readonly kind: Hindrance };

/** An organisation vouched for the address of an account, or its owner connected it. */
type ConnectedBy = Row<typeof Identity>['how'];

/** A hindrance ends the transaction, so that nothing of the arrival is kept. */
class Hindered extends Error {
  constructor(readonly hindrance: Hindrance) {
    super(hindrance);
  }
}

/**
 * Find whom a provider means, or make their account; make them a member, and let them work where its claims say. It decides by issuer
 * and subject; an address leads to an account only in a domain that the organisation has proven, and where the provider vouches for it.
 * Each time it asks what the account may do by now. Throws SignInElsewhere.
 */
export const arriveByProvider = (provider: ProviderFacts, said: Arriving, now: number): Promise<Arrival> =>
  inTransaction(async (): Promise<Arrival> => {
    const known = await knownIdentity(provider, said);
    const whose = known ? await openAccount(known) : await connectByAddress(provider, said, now);
    if (known) await mayOpen(provider, whose, now);
    if (known) await rows(USED, [now, provider.id, said.iss, said.sub]);
    await settle(provider, { userId: whose.userId, said }, now);
    return { kind: 'person', ...whose };
  }).catch((error: unknown) => {
    if (error instanceof Hindered) return { kind: error.hindrance };
    throw error;
  });

/** Somebody's account, and what connects it with whom the provider means. */
interface Connected {
  readonly userId: string;
  readonly connectedBy: ConnectedBy;
}

/** The account in which a connected one goes on, if it was merged: that one nobody has connected. */
async function openAccount({
  userId,
  how,
}: Pick<Row<typeof Identity>, 'userId' | 'how'>): Promise<Connected> {
  const kept = await goesOnIn(userId);
  return kept ? { userId: kept.id, connectedBy: 'address' } : { userId, connectedBy: how };
}

const KNOWN = sql`select ${columns(Identity, 'i', 'userId', 'how')} from ${Identity} i
  where i.provider_id = $1 and i.issuer = $2 and i.subject = $3`;

/** Of several first answers for one person the others wait here, and find the account that the first one made. */
async function knownIdentity({ id }: Pick<ProviderFacts, 'id'>, { iss, sub }: Arriving) {
  const known = await row(KNOWN, [id, iss, sub]);
  if (known) return known;
  await rows(
    sql`select ${columns(IdentityProvider, 'p', 'id')} from ${IdentityProvider} p where p.id = $1${toHold()}`,
    [id],
  );
  return row(KNOWN, [id, iss, sub]);
}

const USED = sql`update ${Identity} set used_at = $1 where provider_id = $2 and issuer = $3 and subject = $4`;
const OTHER = sql`select ${columns(Identity, 'i', 'id')} from ${Identity} i where i.user_id = $1 and i.provider_id = $2`;

/** Connect the account of the address that the provider vouches for, made where there is none. */
async function connectByAddress(provider: ProviderFacts, said: Arriving, now: number): Promise<Connected> {
  const { organisationId } = provider;
  const email = vouchedAddress(said);
  if (email === null || (await organisationOfAddress(email)) !== organisationId)
    throw new Hindered('address');
  const connectedBy = 'address';
  const heldBy = (await isAddressTaken(email)) ? await idOfAddress(email) : null;
  if (heldBy !== null) {
    // An address that was given to somebody else opens nothing of its former owner.
    if (await row(OTHER, [heldBy, provider.id])) throw new Hindered('connect');
    await mayOpen(provider, { userId: heldBy, connectedBy }, now);
  }
  const userId = await accountByLink({ name: nameIn(said, email), email }, now);
  await connectIdentity(provider, { userId, said, how: connectedBy }, now);
  return { userId, connectedBy };
}

/**
 * Nobody comes by a provider of one organisation to what the account may do in another, or for the installation, unless its owner
 * connected it. A role may have been given, or an account merged, since they came last.
 */
async function mayOpen(
  { organisationId }: ProviderFacts,
  { userId, connectedBy }: Connected,
  now: number,
): Promise<void> {
  const actor = await loadActor(userId, now);
  if (!actor) throw new Hindered('blocked');
  const { isAdministrator, hasFactor = false } = actor;
  const rolesIn = actor.grants.map(grant => grant.organisationId);
  const account = { isAdministrator, hasFactor, rolesIn, enforcing: await enforcedFor(userId) };
  const answer = answerAt({ door: 'provider', at: organisationId, connectedBy }, account);
  if (answer.kind === 'connect') throw new Hindered('connect');
  if (answer.kind === 'elsewhere') throw new SignInElsewhere(answer.organisationId);
}

/** Keep that an account is whoever the provider says. Joins the transaction. */
export async function connectIdentity(
  { id: providerId, organisationId }: Pick<ProviderFacts, 'id' | 'organisationId'>,
  { userId, said, how }: { userId: string; said: Arriving; how: ConnectedBy },
  now: number,
): Promise<void> {
  const identityId = newId();
  const { iss: issuer, sub: subject } = said;
  await insert(Identity, {
    id: identityId,
    userId,
    providerId,
    issuer,
    subject,
    how,
    connectedAt: now,
    usedAt: now,
  });
  const news = { identityId, userId, providerId, how };
  await record('identity.connected', news, { actorId: userId, organisationId, now });
}

/** Make a person a member where the provider lets people join, and apply what its claims mean. */
async function settle(
  provider: ProviderFacts,
  { userId, said }: { userId: string; said: Arriving },
  now: number,
): Promise<void> {
  const { organisationId, timeZone } = provider;
  const known = await knownMembership(organisationId, userId);
  if (known?.hasLeft) throw new Hindered('left');
  if (!known && !provider.letsJoin) throw new Hindered('stranger');
  const [paused] = await pausedAmong([organisationId]);
  if (paused && !known?.isMember) throw new Hindered('paused');
  if (paused) return;
  await holdOrganisation(organisationId);
  const joining = { userId, unitId: null, known, now };
  const membershipId = known?.isMember
    ? known.id
    : await becomeMember({ id: organisationId, timeZone }, joining);
  const meaning = meaningOf(said, await rulesOf(provider.id));
  await claimPlace(provider, { membershipId, meaning }, now);
  await claimRoles(provider, { userId, roles: meaning.roles }, now);
}
