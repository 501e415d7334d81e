import { rows } from '../../../platform/db/rows.js';
import { parameters, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { canonicalJson, type Json } from '../../../platform/lib/canonical-json.js';
import { dayOf } from '../../../platform/lib/days.js';
import { newId } from '../../../platform/lib/ids.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { holdOrganisation } from '../hold-organisation.js';
import { insertMany } from '../many-rows.js';
import { MembershipPerson } from '../tables.js';
import { changedFacts, type MemberChange, type NamedChange } from './member-changes.js';
import { indexMembers, sortName } from './member-words.js';
import { refusalsOf, type RefusedChange } from './member-refusals.js';
import { readMembers, type StoredMember, type Zoned } from './stored-members.js';
import { writeMembers, type SaidBy, type ChangedMember } from './write-members.js';

/** `membershipIds`: of each change, in order. A refused batch has written nothing; `at`: the index of the change. */
export type MembersOutcome =
  | { readonly kind: 'changed'; readonly membershipIds: readonly string[]; readonly isSame: boolean }
  | { readonly kind: 'refused'; readonly refusals: readonly RefusedChange[] };

/** The changes that came of one import, told to the audit log as one event: how many, and a digest of them. */
export function applyMemberChanges(
  {
    organisation,
    importId,
    changes,
  }: { organisation: Zoned; importId: string; changes: readonly MemberChange[] },
  by: SaidBy,
): Promise<MembersOutcome> {
  return inTransaction(async () => {
    const outcome = await changeMembers(organisation, changes, by);
    if (outcome.kind === 'refused') return outcome;
    const digest = sha256(canonicalJson(changes as unknown as Json));
    const news = { importId, count: changes.length, digest };
    await record('members.imported', news, { ...by, organisationId: organisation.id });
    return outcome;
  });
}

/**
 * Change many memberships of an organisation, or add people to it, with few statements: all of the changes or, where one is
 * refused, none. Several of one membership are made in their order. Records no event: its caller does.
 */
export function changeMembers(
  organisation: Zoned,
  changes: readonly MemberChange[],
  by: SaidBy,
): Promise<MembersOutcome> {
  return inTransaction(async () => {
    await holdOrganisation(organisation.id);
    const named = changes.map(change => ({ id: change.membershipId ?? newId(), change }));
    const members = await changedMembers(organisation, named, by.now);
    const refusals = await refusalsOf(organisation.id, named, members);
    if (refusals.length > 0) return { kind: 'refused', refusals };
    await writeMembers(organisation, [...members.values()], by);
    await writePeople(organisation.id, named);
    return { kind: 'changed', membershipIds: named.map(({ id }) => id), isSame: areSame(named, members) };
  });
}

/** What becomes of each membership; those that the organisation does not have are left out. */
async function changedMembers(organisation: Zoned, named: readonly NamedChange[], now: number) {
  const ids = new Set(named.flatMap(({ change }) => change.membershipId ?? []));
  const stored = await readMembers(organisation, [...ids]);
  const today = dayOf(now, organisation.timeZone);
  const changed = new Map<string, ChangedMember>();
  for (const { id, change } of named) {
    const isNew = change.membershipId === null;
    const before = isNew ? newMember(id, change.fromDay < today ? change.fromDay : today) : stored.get(id);
    const known = changed.get(id) ?? (before && { before, after: before, isNew, ...listedAs(change) });
    if (known) changed.set(id, { ...known, after: changedFacts(known.after, change) });
  }
  return changed;
}

const listedAs = ({ person }: MemberChange) =>
  person ? { sortName: sortName({ ...person, accountName: null }) } : {};

const newMember = (id: string, since: string): StoredMember => ({
  ...{ id, userId: null, employment: 'active', hiredOn: null, lacksJob: false, mergedInto: null },
  ...{ since, facts: [], places: [], reach: new Set<string>() },
});

/** Of several changes of one person's name or number the last one counts. */
async function writePeople(organisationId: string, named: readonly NamedChange[]): Promise<void> {
  const people = new Map(
    named.flatMap(({ id, change }) => (change.person ? [[id, change.person] as const] : [])),
  );
  if (people.size === 0) return;
  // Deleted first, so that two people can exchange their staff numbers.
  await rows(sql`delete from ${MembershipPerson} where membership_id in (${parameters(people.size)})`, [
    ...people.keys(),
  ]);
  await insertMany(
    MembershipPerson,
    [...people].map(([membershipId, { name, email, staffNumber }]) => ({
      ...{ membershipId, organisationId, name, email, staffNumber },
    })),
  );
  await indexMembers([...people.keys()]);
}

const areSame = (named: readonly NamedChange[], members: ReadonlyMap<string, ChangedMember>): boolean =>
  named.every(({ change }) => !change.person) &&
  [...members.values()].every(({ before, after }) => isSaidOf(before, after) && isSaidOf(after, before));

/** Whether everything that is said after a change was said before. */
const isSaidOf = (one: Pick<ChangedMember['after'], 'facts' | 'places'>, other: typeof one): boolean =>
  one.facts.every(each => other.facts.includes(each)) &&
  one.places.every(each => other.places.includes(each));
