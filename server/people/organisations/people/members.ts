import { inTransaction } from '../../../platform/db/transaction.js';
import type { EventPayloads } from '../../../platform/events/event-payloads.js';
import { record } from '../../../platform/events/record.js';
import { changeMembers } from './change-members.js';
import type { MemberChange } from './member-changes.js';
import type { PersonOfMember, Post } from './member-facts.js';
import type { MemberRefusal } from './member-refusals.js';
import type { Zoned } from './stored-members.js';

/** Whose membership changes, from which day in the organisation's zone, by whom (null: the system), and when (epoch ms). */
export interface OfMember {
  readonly organisation: Zoned;
  readonly membershipId: string;
  readonly fromDay: string;
  readonly actorId: string | null;
  readonly now: number;
}

export type MemberOutcome =
  | { readonly kind: 'changed'; readonly membershipId: string }
  | { readonly kind: 'refused'; readonly reason: MemberRefusal };

/** Somebody new, without a login. */
export const addMember = (
  of: Omit<OfMember, 'membershipId'>,
  added: Pick<MemberChange, 'hiredOn' | 'tags' | 'home'> & { readonly person: PersonOfMember },
): Promise<MemberOutcome> => change({ ...of, membershipId: null }, 'added', added);

/** Correct what is known by name, the day of hire, or the tags. */
export const changeMember = (
  of: OfMember,
  changed: Pick<MemberChange, 'person' | 'hiredOn' | 'tags'>,
): Promise<MemberOutcome> => change(of, 'corrected', changed);

/** Move somebody's home placement. A move that is planned already for a later day stays. */
export const moveHome = (of: OfMember, home: Post): Promise<MemberOutcome> => change(of, 'moved', { home });

/** Place somebody in a further unit, or change the job there. */
export const placeAlso = (of: OfMember, post: Post): Promise<MemberOutcome> =>
  change(of, 'placed', { further: [post] });

/** End a further placement. */
export const endPlacement = (of: OfMember, unitId: string): Promise<MemberOutcome> =>
  change(of, 'unplaced', { ended: [unitId] });

/** From this day on the person has left: all placements end, and with the last membership the sessions. */
export const endEmployment = (of: OfMember): Promise<MemberOutcome> =>
  change(of, 'left', { employment: { value: 'left' } });

/** Somebody who left comes back to their membership and history, as a new employment. */
export const comeBack = (
  of: OfMember,
  { home, hiredOn }: Pick<MemberChange, 'home' | 'hiredOn'>,
): Promise<MemberOutcome> =>
  change(of, 'returned', {
    employment: { value: 'active' },
    ...(home && { home }),
    ...(hiredOn && { hiredOn }),
  });

/** `toDay`: the first day at work again; null: not known yet. */
export const goOnLeave = (of: OfMember, toDay: string | null): Promise<MemberOutcome> =>
  change(of, 'on-leave', { employment: { value: 'on-leave', ...(toDay !== null && { toDay }) } });

/** The first day at work again. */
export const returnFromLeave = (of: OfMember): Promise<MemberOutcome> =>
  change(of, 'back-from-leave', { employment: { value: 'active' } });

/** One change, told to the audit log unless everything was so already. */
function change(
  {
    organisation,
    membershipId,
    fromDay,
    ...by
  }: Omit<OfMember, 'membershipId'> & { membershipId: string | null },
  what: EventPayloads['member.changed']['what'],
  changed: Omit<MemberChange, 'membershipId' | 'fromDay'>,
): Promise<MemberOutcome> {
  return inTransaction(async () => {
    const outcome = await changeMembers(organisation, [{ membershipId, fromDay, ...changed }], by);
    if (outcome.kind === 'refused')
      return { kind: 'refused', reason: outcome.refusals[0]?.reason ?? 'unknown' };
    const changedId = outcome.membershipIds[0] ?? '';
    const news = { membershipId: changedId, what, fromDay };
    if (!outcome.isSame) await record('member.changed', news, { ...by, organisationId: organisation.id });
    return { kind: 'changed', membershipId: changedId };
  });
}
