import { row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { dayOf } from '../../../platform/lib/days.js';
import { foldedText } from '../../../platform/lib/text/folding.js';
import {
  addMember,
  changeMember,
  comeBack,
  endEmployment,
  moveHome,
  type MemberOutcome,
  type OfMember,
} from '../../organisations/people/members.js';
import type { Post } from '../../organisations/people/member-facts.js';
import { Placement, Unit } from '../../organisations/tables.js';
import type { MeantPerson } from '../protocol/person-resource.js';
import { ScimFault, wrong } from '../protocol/scim-fault.js';
import type { Directory } from '../settings/directories.js';
import type { StoredPerson } from './stored-people.js';

/** Whether nothing stands in the way of a change; throws `ScimFault` otherwise. Returns the id of the membership. */
export function done(outcome: MemberOutcome): string {
  if (outcome.kind === 'changed') return outcome.membershipId;
  if (outcome.reason === 'number-taken')
    throw wrong('uniqueness', 'Someone else in the organisation has this staff number');
  if (outcome.reason === 'unit-closed') throw new ScimFault('This unit is closed', 409);
  throw new ScimFault('This person no longer exists', 404);
}

/** Changes of somebody's entry count from today, as the system's: nobody signed in for them. */
export const ofEntry = ({ organisation, now }: Directory, membershipId: string): OfMember => ({
  ...{ organisation, membershipId, actorId: null, now },
  fromDay: dayOf(now, organisation.timeZone),
});

/** Adds somebody to the organisation. Returns the id of the membership. */
export async function addEntry(
  { name, email, staffNumber, hiredOn }: MeantPerson,
  home: Post | null,
  directory: Directory,
): Promise<string> {
  const { membershipId: _, ...of } = ofEntry(directory, '');
  const fromDay = hiredOn !== null && hiredOn < of.fromDay ? hiredOn : of.fromDay;
  const added = { person: { name, email, staffNumber }, ...(hiredOn && { hiredOn }), ...(home && { home }) };
  return done(await addMember({ ...of, fromDay }, added));
}

/** What an entry is, as far as a directory changes it. */
export type KnownEntry = Pick<StoredPerson, 'membershipId' | 'person' | 'isActive' | 'hiredOn'>;

/** Brings an entry to what is meant, by the steps that people take by hand. Returns whether anything changed. */
export async function bringTo(
  wanted: Pick<MeantPerson, 'name' | 'email' | 'staffNumber' | 'isActive' | 'hiredOn'>,
  entry: KnownEntry,
  home: Post | null,
  directory: Directory,
): Promise<boolean> {
  const of = ofEntry(directory, entry.membershipId);
  const { name, email, staffNumber } = wanted;
  const isOther =
    name !== entry.person.name || email !== entry.person.email || staffNumber !== entry.person.staffNumber;
  const hiredOn = wanted.hiredOn !== null && wanted.hiredOn !== entry.hiredOn ? wanted.hiredOn : null;
  const returns = wanted.isActive === true && !entry.isActive;
  const leaves = wanted.isActive === false && entry.isActive;
  if (returns) done(await comeBack(of, { ...(home && { home }), ...(hiredOn && { hiredOn }) }));
  if (isOther || (hiredOn !== null && !returns))
    done(
      await changeMember(of, {
        ...(isOther && { person: { name, email, staffNumber } }),
        ...(hiredOn && !returns && { hiredOn }),
      }),
    );
  if (leaves) done(await endEmployment(of));
  const moves = home !== null && !returns && !leaves && entry.isActive;
  if (moves) done(await moveHome(of, home));
  return returns || leaves || isOther || hiredOn !== null || moves;
}

const HOME = sql`select ${columns(Placement, 'p', 'unitId', 'job')} from ${Placement} p
  where p.membership_id = $1 and p.is_home and p.retired_at is null and p.from_day <= $2
    and (p.to_day is null or p.to_day > $2)`;

/** Where somebody is placed today. */
export const homeOf = (directory: Directory, membershipId: string): Promise<Post | null> =>
  row(HOME, [membershipId, ofEntry(directory, membershipId).fromDay]);

const UNITS = sql`select ${columns(Unit, 'u', 'id', 'name', 'code')} from ${Unit} u
  where u.organisation_id = $1 and u.closed_on is null`;

/** The open unit with this code or, where only one has it, this name; null: none. */
export async function unitNamed(organisationId: string, text: string): Promise<string | null> {
  const units = await rows(UNITS, [organisationId]);
  const byCode = units.find(({ code }) => code !== null && code.toLowerCase() === text.toLowerCase());
  const byName = units.filter(({ name }) => foldedText(name) === foldedText(text));
  return (byCode ?? (byName.length === 1 ? byName[0] : undefined))?.id ?? null;
}
