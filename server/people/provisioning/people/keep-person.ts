import { insert, row, rows } from '../../../platform/db/rows.js';
import { sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { canonicalJson, type Json } from '../../../platform/lib/canonical-json.js';
import { newOrderedId } from '../../../platform/lib/ids.js';
import { holdOrganisation } from '../../organisations/hold-organisation.js';
import { invite } from '../../organisations/invitations/invite.js';
import { findMember } from '../../organisations/people/find-members.js';
import { listedName } from '../../organisations/people/member-words.js';
import type { Post } from '../../organisations/people/member-facts.js';
import { ENTERPRISE } from '../protocol/attributes.js';
import { meant, type MeantPerson } from '../protocol/person-resource.js';
import { leaveGroups, settleAnew } from '../groups/settle-groups.js';
import { ScimFault, wrong } from '../protocol/scim-fault.js';
import { NOBODY, type ToldPerson } from '../protocol/told-person.js';
import type { Directory } from '../settings/directories.js';
import { ProvisionedPerson } from '../tables.js';
import { countOneFewer, countOneMore } from './count-people.js';
import { addEntry, bringTo, done, homeOf, ofEntry, unitNamed, type KnownEntry } from './entries.js';
import { endEmployment } from '../../organisations/people/members.js';
import { findProvisioned, formerEntry, ownerOf, type StoredPerson } from './stored-people.js';

/** Somebody who is kept. `note`: what could not be followed, for whoever runs the directory. */
export interface KeptPerson {
  readonly id: string;
  readonly note: string | null;
}

/**
 * Takes somebody into the organisation. Whoever has an entry under the same staff number, or was kept before under the same id of the
 * directory, comes back to it and its history. Throws `ScimFault`.
 */
export const keepNewPerson = (told: ToldPerson, directory: Directory): Promise<KeptPerson> =>
  inTransaction(async () => {
    const { organisation, now } = directory;
    await holdOrganisation(organisation.id);
    const wanted = meant(told);
    if (await ownerOf(organisation.id, wanted.userName)) throw wrong('uniqueness', 'This userName is taken');
    const former = await formerEntry(organisation.id, wanted);
    if (former?.isKept) throw wrong('uniqueness', 'Someone else in the directory has this staff number');
    const { home, note } = await homeMeant(told, NOBODY, directory, former?.membershipId ?? null);
    const membershipId = former?.membershipId ?? (await addEntry(wanted, home, directory));
    if (former) await comeBackTo(former.membershipId, wanted, home, directory);
    else if (wanted.isActive === false) done(await endEmployment(ofEntry(directory, membershipId)));
    const id = newOrderedId(now);
    await insert(ProvisionedPerson, {
      ...{ id, organisationId: organisation.id, membershipId, ...keysOf(wanted) },
      ...{ told: JSON.stringify(told), createdAt: now, changedAt: now },
    });
    await countOneMore(organisation.id);
    await tell('provisioning.person-added', membershipId, directory);
    if (wanted.isActive !== false) await inviteIfChosen(membershipId, directory);
    return { id, note };
  });

const keysOf = ({ userName, externalId }: MeantPerson) => ({
  userName: userName.toLowerCase(),
  externalId,
});

/** An entry that the directory has not kept so far. What it does not tell stays as it is. */
async function comeBackTo(
  membershipId: string,
  wanted: MeantPerson,
  home: Post | null,
  directory: Directory,
): Promise<void> {
  const known = await findMember(directory.organisation.id, membershipId);
  if (!known) throw new ScimFault('This person no longer exists', 404);
  const { email, staffNumber, employment, hiredOn } = known;
  const entry: KnownEntry = {
    ...{ membershipId, person: { name: listedName(known), email, staffNumber }, hiredOn },
    isActive: employment !== 'left',
  };
  const next = {
    ...wanted,
    email: wanted.email ?? email,
    staffNumber: wanted.staffNumber ?? staffNumber,
    isActive: wanted.isActive ?? true,
  };
  await bringTo(next, entry, home, directory);
}

const WRITE = sql`update ${ProvisionedPerson} set user_name = $1, external_id = $2, told = $3, changed_at = $4 where id = $5`;

/**
 * Changes somebody to what is told of them now. `before`: what was told until now; an attribute that was told and is no longer is
 * taken away, and what was never told stays as it is here. Throws `ScimFault`.
 */
export const keepPerson = (
  stored: StoredPerson,
  { told, before }: { told: ToldPerson; before: ToldPerson },
  directory: Directory,
): Promise<KeptPerson> =>
  inTransaction(async () => {
    const { organisation, now } = directory;
    await holdOrganisation(organisation.id);
    const [wanted, was] = [meant(told), meant({ ...before, values: { userName: '-', ...before.values } })];
    const owner = await ownerOf(organisation.id, wanted.userName);
    if (owner !== null && owner !== stored.id) throw wrong('uniqueness', 'This userName is taken');
    const { home, note } = await homeMeant(told, stored.toldLast, directory, stored.membershipId);
    const { person } = stored;
    const next = {
      ...wanted,
      name: wanted.name === was.name ? person.name : wanted.name,
      email: wanted.email ?? (was.email === null ? person.email : null),
      staffNumber: wanted.staffNumber ?? (was.staffNumber === null ? person.staffNumber : null),
    };
    const hasChanged = await bringTo(next, stored, home, directory);
    const text = canonicalJson(told as unknown as Json);
    if (!hasChanged && text === canonicalJson(stored.told as unknown as Json)) return { id: stored.id, note };
    const { userName, externalId } = keysOf(wanted);
    await rows(WRITE, [userName, externalId, text, now, stored.id]);
    if (wanted.isActive === true && !stored.isActive) await settleAnew(stored.id, now);
    await tell('provisioning.person-changed', stored.membershipId, directory);
    const isToInvite = next.email !== null && next.email !== person.email && wanted.isActive !== false;
    if (isToInvite && stored.userId === null) await inviteIfChosen(stored.membershipId, directory);
    return { id: stored.id, note };
  });

const REMOVE = sql`update ${ProvisionedPerson} set removed_at = $1, told = $2
  where id = $3 and removed_at is null returning id`;

/** The directory no longer keeps somebody: they have left. Their entry and what they earned stay. */
export const removePerson = (stored: StoredPerson, directory: Directory): Promise<void> =>
  inTransaction(async () => {
    if (stored.isActive) done(await endEmployment(ofEntry(directory, stored.membershipId)));
    await leaveGroups(stored.id);
    if (!(await row(REMOVE, [directory.now, JSON.stringify(NOBODY), stored.id]))) return;
    await countOneFewer(directory.organisation.id);
    await tell('provisioning.person-removed', stored.membershipId, directory);
  });

const tell = (
  name: 'provisioning.person-added' | 'provisioning.person-changed' | 'provisioning.person-removed',
  membershipId: string,
  { organisation, tokenId, now }: Directory,
): Promise<void> =>
  record(name, { membershipId, tokenId }, { actorId: null, organisationId: organisation.id, now });

/** The invitation is sent in the name of whoever chose that it is. */
async function inviteIfChosen(membershipId: string, { organisation, settings, key, now }: Directory) {
  if (!settings.invites || settings.keptBy === null) return;
  await invite(membershipId, { organisationId: organisation.id, key, actorId: settings.keptBy, now });
}

interface MeantHome {
  readonly home: Post | null;
  readonly note: string | null;
}

/**
 * Where somebody is to work, if what is told of it is new: what people here have decided since stays until the directory changes
 * its mind. A unit that is unknown here keeps nobody out.
 */
async function homeMeant(
  told: ToldPerson,
  before: ToldPerson,
  directory: Directory,
  membershipId: string | null,
): Promise<MeantHome> {
  const { organisation, settings } = directory;
  const present = membershipId === null ? null : await homeOf(directory, membershipId);
  const { values } = told;
  const named =
    settings.unitFrom === 'none' ? null : toldAnew(told, before, `${ENTERPRISE}:${settings.unitFrom}`);
  const unitId = named === null ? null : await unitNamed(organisation.id, named);
  const note = named !== null && unitId === null ? `No open unit is called “${named.slice(0, 100)}”` : null;
  const title = toldAnew(told, before, 'title');
  const [where, job] = [
    unitId ?? present?.unitId ?? null,
    (title ?? (values.title as string | undefined))?.slice(0, 60),
  ];
  if (where === null || (unitId === null && title === null)) return { home: null, note };
  const home = { unitId: where, job: job ?? present?.job ?? null };
  return { home: home.unitId === present?.unitId && home.job === present.job ? null : home, note };
}

/** A text that was not told so before. */
function toldAnew(
  told: ToldPerson,
  before: ToldPerson,
  attribute: keyof ToldPerson['values'],
): string | null {
  const text = told.values[attribute];
  return typeof text === 'string' && text !== before.values[attribute] ? text : null;
}

/** As `findProvisioned`; throws 404 where there is nobody. */
export async function provisioned(id: unknown, { organisation }: Directory): Promise<StoredPerson> {
  const stored = await findProvisioned(organisation.id, id);
  if (!stored) throw new ScimFault('There is no person with this id', 404);
  return stored;
}
