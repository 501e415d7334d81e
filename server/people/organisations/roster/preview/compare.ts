import { foldedName } from '../../../../platform/lib/text/folding.js';
import type { MemberChange } from '../../people/member-changes.js';
import type { RosterPerson, RowFault } from '../reading/roster-rows.js';
import type { KnownMember, KnownMembers } from './known-people.js';
import type { FoundUnit, UnitNames } from './unit-names.js';

/** What a row would change of a person, in the order in which it is named. */
const CHANGED = [
  'returns',
  'number',
  'name',
  'email',
  'unit',
  'job',
  'hiredOn',
  'tags',
  'employment',
] as const;
export type Changed = (typeof CHANGED)[number];

/** What a comparison finds wrong; each has a text that says how to repair it. */
type ComparedFault =
  | 'repeated'
  | 'reused'
  | 'merged'
  | 'look-alike'
  | 'unit-unknown'
  | 'unit-closed'
  | 'unit-several'
  | 'unit-deep'
  | 'late';

export interface RosterFault {
  readonly code: RowFault['code'] | ComparedFault;
  readonly found: string;
  /** What may have been meant. */
  readonly near?: readonly string[];
}

/** What is to become of a row. */
export type RowVerdict =
  | { readonly kind: 'fault'; readonly faults: readonly RosterFault[] }
  | { readonly kind: 'unchanged'; readonly memberId: string | null }
  | {
      readonly kind: 'add' | 'move' | 'change' | 'leave';
      readonly memberId: string | null;
      readonly changed: readonly Changed[];
      readonly change: MemberChange;
      /** A unit that has to be made first. */
      readonly missing: readonly string[] | null;
    };

/** What somebody has said of a staff number: a new person, or the one with this id. By staff number. */
export type PersonAnswers = Readonly<Record<string, string>>;
export const NEW_PERSON = 'new';

/** What rows are compared with. `today`: in the organisation's zone. */
export interface Known {
  readonly members: KnownMembers;
  readonly units: UnitNames;
  readonly answers: PersonAnswers;
  readonly today: string;
}

/** What becomes of a person in a roster, compared with what is known of them. */
export function compare(person: RosterPerson, known: Known): RowVerdict {
  const member = memberOf(person, known);
  if (member && member.mergedInto !== null) return { kind: 'fault', faults: [mergedFault(member, known)] };
  if (person.employment === 'left') return leaving(member, known.today);
  if (member && isReused(person, member, known.answers))
    return { kind: 'fault', faults: [{ code: 'reused', found: person.staffNumber, near: [member.name] }] };
  const unit = person.unit === null ? null : known.units.find(person.unit);
  const fault = unit && unitFault(unit, person.unit ?? '');
  if (fault) return { kind: 'fault', faults: [fault] };
  return member
    ? changing(person, { member, unit, today: known.today })
    : adding(person, { unit, today: known.today });
}

/** By staff number, or by what somebody answered: the same person under a new number. */
function memberOf({ staffNumber }: RosterPerson, { members, answers }: Known): KnownMember | null {
  const answer = answers[staffNumber];
  return members.withNumber(staffNumber) ?? (answer && answer !== NEW_PERSON ? members.withId(answer) : null);
}

/** The number is that of a membership that was merged into another one: neither comes back by itself, nor leaves. */
function mergedFault({ staffNumber, mergedInto }: KnownMember, { members }: Known): RosterFault {
  const kept = members.withId(mergedInto ?? '');
  const near = kept ? [[kept.name, kept.staffNumber].filter(Boolean).join(', ')] : [];
  return { code: 'merged', found: staffNumber ?? '', near };
}

function leaving(member: KnownMember | null, today: string): RowVerdict {
  if (!member || member.employment === 'left') return { kind: 'unchanged', memberId: member?.id ?? null };
  return leaveOf(member, today);
}

/** Somebody leaves: from today on they do not work here. */
export const leaveOf = ({ id }: KnownMember, today: string): RowVerdict => ({
  ...{ kind: 'leave', memberId: id, changed: ['employment'], missing: null },
  change: { membershipId: id, fromDay: today, employment: { value: 'left' } },
});

/** Another name and another day of hire: the number now seems to be somebody else's. */
function isReused(
  { staffNumber, name, hiredOn }: RosterPerson,
  member: KnownMember,
  answers: PersonAnswers,
): boolean {
  if (answers[staffNumber] === member.id) return false;
  const isOtherDay = hiredOn !== null && member.hiredOn !== null && hiredOn !== member.hiredOn;
  return isOtherDay && foldedName(name) !== foldedName(member.name);
}

function unitFault(unit: FoundUnit, found: string): RosterFault | null {
  if (unit.kind === 'found' || unit.kind === 'missing') return null;
  return { code: `unit-${unit.kind}`, found, near: unit.kind === 'deep' ? [] : unit.near };
}

interface Placed {
  readonly unit: FoundUnit | null;
  readonly today: string;
}

/** Somebody new, from today on, or from the day of hire where that is still to come. */
function adding({ unit: _text, ...person }: RosterPerson, { unit, today }: Placed): RowVerdict {
  const { staffNumber, name, email, job, hiredOn, tags, employment } = person;
  const unitId = idOf(unit);
  const change: MemberChange = {
    membershipId: null,
    fromDay: hiredOn !== null && hiredOn > today ? hiredOn : today,
    person: { staffNumber, name, email },
    ...(hiredOn === null ? {} : { hiredOn }),
    ...(tags === null ? {} : { tags }),
    ...(unitId === null ? {} : { home: { unitId, job } }),
    ...(employment === 'on-leave' ? { employment: { value: employment } } : {}),
  };
  return { kind: 'add', memberId: null, changed: [], change, missing: missingOf(unit) };
}

function changing(
  person: RosterPerson,
  { member, unit, today }: Placed & { member: KnownMember },
): RowVerdict {
  const next = wanted(person, member, unit);
  const changed = CHANGED.filter(what => differs(what, next, member));
  if (changed.length === 0) return { kind: 'unchanged', memberId: member.id };
  const is = (...some: Changed[]) => some.some(what => changed.includes(what));
  const change: MemberChange = {
    membershipId: member.id,
    fromDay: today,
    ...(is('number', 'name', 'email') && {
      person: { staffNumber: next.staffNumber, name: next.name, email: next.email },
    }),
    ...(is('hiredOn') && next.hiredOn !== null && { hiredOn: next.hiredOn }),
    ...(is('tags') && { tags: next.tags }),
    ...(is('employment', 'returns') && { employment: { value: next.employment } }),
    ...(is('unit', 'job') && next.unitId !== null && { home: { unitId: next.unitId, job: next.job } }),
  };
  const kind = is('unit') && !is('returns') ? 'move' : 'change';
  return { kind, memberId: member.id, changed, change, missing: missingOf(unit) };
}

type Next = Omit<KnownMember, 'id' | 'mergedInto'>;

/** How the person is to be. What a row leaves empty stays as it is; whoever is in a roster works here. */
function wanted(person: RosterPerson, member: KnownMember, unit: FoundUnit | null): Next {
  return {
    staffNumber: person.staffNumber,
    name: person.name,
    email: person.email ?? member.email,
    employment: person.employment ?? (member.employment === 'left' ? 'active' : member.employment),
    hiredOn: person.hiredOn ?? member.hiredOn,
    unitId: unit ? idOf(unit) : member.unitId,
    job: person.job ?? member.job,
    tags: person.tags ?? member.tags,
  };
}

function differs(what: Changed, next: Next, member: KnownMember): boolean {
  switch (what) {
    case 'returns':
      return member.employment === 'left';
    case 'employment':
      return member.employment !== 'left' && next.employment !== member.employment;
    case 'number':
      return next.staffNumber !== member.staffNumber;
    case 'unit':
      return next.unitId !== member.unitId;
    case 'tags':
      return next.tags.join('\n') !== member.tags.join('\n');
    case 'job':
      // A job is that of a placement: without a unit there is nothing to change.
      return next.unitId !== null && next.job !== member.job;
    case 'name':
    case 'email':
    case 'hiredOn':
      return next[what] !== member[what];
  }
}

/** A unit that is still to be made has no id yet, and is never the one of today. */
const TO_BE_MADE = '';
const idOf = (unit: FoundUnit | null): string | null =>
  unit?.kind === 'found' ? unit.id : unit?.kind === 'missing' ? TO_BE_MADE : null;

const missingOf = (unit: FoundUnit | null): readonly string[] | null =>
  unit?.kind === 'missing' ? unit.path : null;
