import { amend, isOn, valueOn, type Amendment, type Span } from '../../../platform/lib/dated.js';
import {
  ofKind,
  type Employment,
  type MemberFact,
  type MemberFacts,
  type MemberPlace,
  type PersonOfMember,
  type Post,
} from './member-facts.js';

/** What is to become of one membership. What is left out stays as it is. */
export interface MemberChange {
  /** Null: somebody new, who needs a `person`. */
  readonly membershipId: string | null;
  /** The day from which the change is so, in the organisation's zone. */
  readonly fromDay: string;
  readonly person?: PersonOfMember;
  /** Corrects the day of hire; of somebody who comes back, it is that of the new employment. */
  readonly hiredOn?: string;
  /** All tags, from the day on. */
  readonly tags?: readonly string[];
  /** `left` ends every placement. `toDay`: as in `Amendment`. */
  readonly employment?: { readonly value: Employment; readonly toDay?: string | null };
  /** Where the person is counted. */
  readonly home?: Post;
  /** Further placements that begin, or go on with this job. */
  readonly further?: readonly Post[];
  /** The units in which a further placement ends. */
  readonly ended?: readonly string[];
}

/** A change, and the membership that it is of, or that it makes. */
export interface NamedChange {
  readonly id: string;
  readonly change: MemberChange;
}

/** What is said of a membership after a change; rows that are neither new nor gone are the same objects. */
export function changedFacts(member: MemberFacts, change: MemberChange): MemberFacts {
  const known = withEmployment(member, change);
  const facts = tagged(hired(employed(known, change), change, isReturn(known, change)), change);
  return { ...member, facts, places: placed(member.places, change) };
}

/** Employment counts from the day of hire, where that was earlier than the first thing we were told. */
function withEmployment({ since, facts }: MemberFacts, { hiredOn }: MemberChange): readonly MemberFact[] {
  if (facts.some(({ kind }) => kind === 'employment')) return facts;
  const fromDay = hiredOn !== undefined && hiredOn < since ? hiredOn : since;
  return [...facts, { id: null, kind: 'employment', value: 'active', fromDay, toDay: null }];
}

function employed(
  facts: readonly MemberFact[],
  { fromDay, employment }: MemberChange,
): readonly MemberFact[] {
  if (!employment) return facts;
  const { value, toDay } = employment;
  const until = value === 'left' ? { toDay: null } : toDay === undefined ? {} : { toDay };
  return amended(
    facts,
    each => each.kind === 'employment',
    { kind: 'employment' },
    { fromDay, value, ...until },
  );
}

const isReturn = (facts: readonly MemberFact[], { fromDay, employment }: MemberChange): boolean =>
  employment?.value === 'active' && valueOn(ofKind(facts, 'employment'), fromDay) === 'left';

/** A correction holds for all of the current employment; a new day of hire begins with the return. */
function hired(
  facts: readonly MemberFact[],
  { fromDay, hiredOn }: MemberChange,
  returns: boolean,
): readonly MemberFact[] {
  const current = ofKind(facts, 'hired').find(each => isOn(each, fromDay));
  if (hiredOn === undefined || hiredOn === current?.value) return facts;
  const first = [fromDay, hiredOn, current?.fromDay ?? fromDay].sort()[0] ?? fromDay;
  const change = { fromDay: returns ? fromDay : first, toDay: null, value: hiredOn };
  return amended(facts, each => each.kind === 'hired', { kind: 'hired' }, change);
}

function tagged(facts: readonly MemberFact[], { fromDay, tags }: MemberChange): readonly MemberFact[] {
  if (!tags) return facts;
  const held = facts.flatMap(each => (each.kind === 'tag' && isOn(each, fromDay) ? each.value : []));
  return [...new Set([...held, ...tags])].reduce<readonly MemberFact[]>((known, tag) => {
    const isThis = (each: MemberFact) => each.kind === 'tag' && each.value === tag;
    return amended(known, isThis, { kind: 'tag' }, { fromDay, value: tags.includes(tag) ? tag : null });
  }, facts);
}

function placed(places: readonly MemberPlace[], change: MemberChange): readonly MemberPlace[] {
  const { fromDay, employment, home, further = [], ended = [] } = change;
  if (employment?.value === 'left') return leftAll(places, fromDay);
  const atHome = home ? amended(places, isHome, { isHome: true }, { fromDay, value: home }) : places;
  const changes = [
    ...further.map(post => ({ unitId: post.unitId, value: post })),
    ...ended.map(unitId => ({ unitId, value: null })),
  ];
  return changes.reduce<readonly MemberPlace[]>(
    (known, { unitId, value }) => amended(known, isFurtherIn(unitId), { isHome: false }, { fromDay, value }),
    atHome,
  );
}

const isHome = (each: MemberPlace): boolean => each.isHome;
const isFurtherIn = (unitId: string) => (each: MemberPlace) => !each.isHome && each.value.unitId === unitId;

function leftAll(places: readonly MemberPlace[], fromDay: string): readonly MemberPlace[] {
  const units = new Set(places.flatMap(each => (each.isHome ? [] : each.value.unitId)));
  const end = { fromDay, toDay: null, value: null };
  return [...units].reduce<readonly MemberPlace[]>(
    (known, unitId) => amended(known, isFurtherIn(unitId), { isHome: false }, end),
    amended(places, isHome, { isHome: true }, end),
  );
}

/** What is said of a membership once one unit goes on in another: on every day from the merger on it is placed there. */
export function changedUnit(
  member: MemberFacts,
  { unitId, intoId, fromDay }: { unitId: string; intoId: string; fromDay: string },
): MemberFacts {
  const ofUnit = member.places.filter(
    ({ value, toDay }) => value.unitId === unitId && (toDay === null || toDay > fromDay),
  );
  const places = ofUnit.reduce((known, place) => {
    const days = { fromDay: place.fromDay > fromDay ? place.fromDay : fromDay, toDay: place.toDay };
    const into = { ...days, value: { ...place.value, unitId: intoId } };
    if (place.isHome) return amended(known, isHome, { isHome: true }, into);
    const ended = amended(known, isFurtherIn(unitId), { isHome: false }, { ...days, value: null });
    return amended(ended, isFurtherIn(intoId), { isHome: false }, into);
  }, member.places);
  return { ...member, places };
}

/** `all` after a change of the subject whose rows `isOfSubject` finds; new rows get the `marks` of the subject. */
function amended<R extends Span<unknown> & { readonly id: string | null }>(
  all: readonly R[],
  isOfSubject: (row: R) => boolean,
  marks: Omit<R, keyof Span<unknown> | 'id'>,
  change: Amendment<R['value']>,
): readonly R[] {
  const { retired, added } = amend(all.filter(isOfSubject), change);
  const rows = added.map(span => ({ id: null, ...marks, ...span }) as unknown as R);
  return [...all.filter(each => !retired.includes(each)), ...rows];
}
