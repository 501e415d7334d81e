import { row, rows } from '../../../platform/db/rows.js';
import { as, columns, renamed, sql } from '../../../platform/db/sql.js';
import { text } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { dayOf } from '../../../platform/lib/days.js';
import { endRole, giveRole } from '../../organisations/grants/role-grants.js';
import { holdOrganisation } from '../../organisations/hold-organisation.js';
import { endPlacement, moveHome, placeAlso, type OfMember } from '../../organisations/people/members.js';
import { Membership, Organisation, Placement, RoleGrant } from '../../organisations/tables.js';
import { ProvisionedGroup, ProvisionedGroupMember, ProvisionedPerson } from '../tables.js';

/** How many people one transaction brings to what their groups mean. */
const BATCH = 100;

/** What a group means for whoever is in it, as a word: '' is nothing. */
const MEANT = sql`case when g.means is null or gm.is_leaving then '' else g.means || ':' || coalesce(g.unit_id, '') end`;

/** Somebody for whom something remains to be done. Whoever has no account yet waits with a role, and whoever has left with everything. */
const OPEN = sql`select ${columns(ProvisionedGroupMember, 'gm', 'groupId', 'personId', 'done')},
    ${MEANT} ${as('meant', text())},
    ${renamed(Membership, 'm', { membershipId: 'id', userId: 'userId', employment: 'employment', organisationId: 'organisationId' })},
    ${renamed(Organisation, 'o', { timeZone: 'timeZone' })}
  from ${ProvisionedGroupMember} gm join ${ProvisionedGroup} g on g.id = gm.group_id
    join ${ProvisionedPerson} s on s.id = gm.person_id join ${Membership} m on m.id = s.membership_id
    join ${Organisation} o on o.id = m.organisation_id
  where gm.is_open and o.suspended_at is null and m.merged_into is null
    and (gm.is_leaving or (m.employment <> 'left'
      and (g.means = 'place' or g.means is null or m.user_id is not null)))`;

type OpenMember = Awaited<ReturnType<typeof rows<typeof OPEN extends { row?: infer R } ? R : never>>>[number];

/** Bring people to what a group means, as many as one transaction holds. Returns how many were looked at. */
export const settleGroup = async (groupId: string, now: number): Promise<number> =>
  (await settle(sql`${OPEN} and g.id = $1 order by gm.person_id limit ${BATCH}`, [groupId], now)).length;

const ANEW = sql`update ${ProvisionedGroupMember} set done = '', is_open = true where person_id = $1`;

/** Give somebody who has come back what their groups mean: what those gave before ended when they left. */
export const settleAnew = (personId: string, now: number): Promise<unknown> =>
  inTransaction(async () => {
    await rows(ANEW, [personId]);
    await settle(sql`${OPEN} and gm.person_id = $1 order by gm.group_id limit ${BATCH}`, [personId], now);
  });

/** Somebody whom the directory no longer keeps is in no group. What they got ended when they left. */
export const leaveGroups = (personId: string): Promise<unknown> =>
  inTransaction(() => rows(sql`delete from ${ProvisionedGroupMember} where person_id = $1`, [personId]));

/** What is open after a place in the order of groups and people ($1, $2). */
export const NEXT_OPEN = sql`${OPEN} and (gm.group_id, gm.person_id) > ($1, $2) order by gm.group_id, gm.person_id limit ${BATCH}`;

/** What is left for the clock: large groups, what somebody chose anew for one, and people who have an account only now. */
export async function settleGroups(now: number): Promise<void> {
  let after = ['', ''];
  for (;;) {
    const looked = await settle(NEXT_OPEN, after, now);
    const last = looked.at(-1);
    if (!last || looked.length < BATCH) return;
    after = [last.groupId, last.personId];
  }
}

function settle(query: typeof OPEN, params: readonly string[], now: number): Promise<OpenMember[]> {
  return inTransaction(async () => {
    const seen = new Set((await rows(query, params)).map(each => each.organisationId));
    if (seen.size === 0) return [];
    for (const organisationId of [...seen].sort()) await holdOrganisation(organisationId);
    // Others may have changed what is open until their organisation was held.
    const open = (await rows(query, params)).filter(({ organisationId }) => seen.has(organisationId));
    for (const member of open) await settleOne(member, now);
    return open;
  });
}

const DONE = sql`update ${ProvisionedGroupMember} set done = $1, is_open = $4 where group_id = $2 and person_id = $3`;
const GONE = sql`delete from ${ProvisionedGroupMember} where group_id = $1 and person_id = $2 and is_leaving`;

async function settleOne(member: OpenMember, now: number): Promise<void> {
  const { groupId, personId, done, meant } = member;
  const isThere = done === meant || done === `had ${meant}` ? done : await bringAnew(member, now);
  await rows(DONE, [isThere, groupId, personId, isThere === '' && meant !== '']);
  await rows(GONE, [groupId, personId]);
}

/** Takes away what the group gave before, unless they had it already (`had `), and gives what it means now. */
async function bringAnew(member: OpenMember, now: number): Promise<string> {
  const { done, meant } = member;
  if (done !== '' && !done.startsWith('had ') && !(await byAnother(member))) await undo(member, now);
  return meant === '' ? '' : bring(member, now);
}

const ANOTHER = sql`select ${columns(ProvisionedGroupMember, 'gm', 'groupId')} from ${ProvisionedGroupMember} gm
  where gm.person_id = $1 and gm.group_id <> $2 and gm.done = $3 and not gm.is_leaving`;

/** Whether another group of theirs means the same. */
const byAnother = async ({ personId, groupId, done }: OpenMember): Promise<boolean> =>
  (await row(ANOTHER, [personId, groupId, done])) !== null;

const ofMember = ({ membershipId, organisationId, timeZone }: OpenMember, now: number): OfMember => ({
  ...{ organisation: { id: organisationId, timeZone }, membershipId, actorId: null, now },
  fromDay: dayOf(now, timeZone),
});

/** The word of a meaning: what it is, and in which unit (null: the whole organisation). */
const partsOf = (word: string): [string, string | null] => {
  const [means = '', unitId = ''] = word.split(':');
  return [means, unitId || null];
};

/** Gives what the group means. Returns what was done by it: with `had ` where it was so before, '' where it cannot be yet. */
async function bring(member: OpenMember, now: number): Promise<string> {
  const { meant } = member;
  const [means, unitId] = partsOf(meant);
  if (means === 'place') return unitId === null ? '' : place(member, unitId, now);
  if (member.userId === null || (means !== 'manager' && means !== 'instructor')) return '';
  const { organisationId, userId, timeZone } = member;
  const given = await giveRole(
    { organisationId, userId, role: means, unitId, fromDay: dayOf(now, timeZone), untilDay: null },
    { actorId: null, now },
  );
  return given === 'made' ? meant : given === 'held' ? `had ${meant}` : '';
}

const PLACES = sql`select ${columns(Placement, 'p', 'unitId', 'isHome')} from ${Placement} p
  where p.membership_id = $1 and p.retired_at is null and p.from_day <= $2 and (p.to_day is null or p.to_day > $2)`;

/** At home there, where they have no place yet; otherwise there, too. */
async function place(member: OpenMember, unitId: string, now: number): Promise<string> {
  const of = ofMember(member, now);
  const places = await rows(PLACES, [of.membershipId, of.fromDay]);
  if (places.some(each => each.unitId === unitId)) return `had ${member.meant}`;
  const post = { unitId, job: null };
  const hasHome = places.some(({ isHome }) => Boolean(isHome));
  const outcome = hasHome ? await placeAlso(of, post) : await moveHome(of, post);
  return outcome.kind === 'changed' ? member.meant : '';
}

const HELD = sql`select ${columns(RoleGrant, 'g', 'id', 'organisationId', 'userId', 'role', 'unitId', 'fromDay')}
  from ${RoleGrant} g where g.organisation_id = $1 and g.user_id = $2 and g.role = $3 and coalesce(g.unit_id, '') = $4
    and g.ended_at is null and g.granted_by is null`;

/** Takes away what the group gave. A home placement stays until somebody is moved: everybody is counted somewhere. */
async function undo(member: OpenMember, now: number): Promise<void> {
  const [means, unitId] = partsOf(member.done);
  const of = ofMember(member, now);
  if (means === 'place') {
    const places = await rows(PLACES, [of.membershipId, of.fromDay]);
    const isFurther = places.some(each => each.unitId === unitId && !each.isHome);
    if (isFurther && unitId !== null) await endPlacement(of, unitId);
    return;
  }
  if (member.userId === null) return;
  const held = await rows(HELD, [member.organisationId, member.userId, means, unitId ?? '']);
  for (const role of held)
    await endRole(role, { day: of.fromDay, today: of.fromDay }, { actorId: null, now });
}
