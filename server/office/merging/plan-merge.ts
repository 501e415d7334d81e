import { dayOf } from '../../platform/lib/days.js';
import { foldedName } from '../../platform/lib/text/folding.js';
import { listedEmail, listedName } from '../../people/organisations/people/member-words.js';
import { openErasureOf } from '../privacy/erasure/erasure-requests.js';
import { amountsOf, type Amounts } from './clashes.js';
import {
  haveRoleElsewhere,
  knownSide,
  membershipsOfAccounts,
  membershipWithId,
  type KnownSide,
  type MergeSide,
} from './sides.js';

/** Who are said to be one person, and which of the two goes on. Both are accounts, or memberships of one organisation. */
export interface AskedMerge {
  readonly kept: MergeSide;
  readonly closed: MergeSide;
}

/** Who merges: null is whoever runs the server. `isInstallation`: they administer the installation. */
export interface MergingActor {
  readonly actorId: string | null;
  readonly isInstallation: boolean;
  readonly now: number;
}

/** Why two are not merged. `several`: one of the accounts belongs to other organisations, too, or has a say there, and the actor only here. */
export type MergeRefusal =
  | 'gone'
  | 'same'
  | 'other-organisation'
  | 'merged'
  | 'erased'
  | 'blocked'
  | 'administrator'
  | 'own'
  | 'several'
  | 'erasure'
  | 'attempts';

/** What speaks against two being one person, or would be lost: whoever merges ticks that they have seen it. */
export const WARNINGS = [
  'names',
  'numbers',
  'hired',
  'units',
  'kept-left',
  'same-courses',
  'begun',
  'attempt',
  'roles',
  'exemptions',
] as const;
export type MergeWarning = (typeof WARNINGS)[number];

/** What happens in one organisation. Without a `keptId` the membership only changes its login. */
export interface MergedPlace {
  readonly organisation: { readonly id: string; readonly name: string; readonly timeZone: string };
  readonly membershipId: string;
  readonly keptId: string | null;
  /** The account that moves: from a closed membership to the kept one, or away from the closed account. */
  readonly loginId: string | null;
}

/** All that a merge would do, and what has to be seen first. */
export interface MergePlan {
  readonly kind: 'plan';
  readonly kept: KnownSide;
  readonly closed: KnownSide;
  readonly keptUserId: string | null;
  /** The account that is closed; null: none is. */
  readonly closedUserId: string | null;
  readonly places: readonly MergedPlace[];
  readonly takesNumber: boolean;
  readonly amounts: Amounts;
  readonly warnings: readonly MergeWarning[];
}

export type PlannedMerge = MergePlan | { readonly kind: 'refused'; readonly reason: MergeRefusal };

const refused = (reason: MergeRefusal) => ({ kind: 'refused', reason }) as const;

/** What a merge would do as things stand now, or why it may not be. Nothing is written. */
export async function planMerge(asked: AskedMerge, by: MergingActor): Promise<PlannedMerge> {
  const [kept, closed] = [await knownSide(asked.kept), await knownSide(asked.closed)];
  if (!kept || !closed) return refused('gone');
  const reason = fault(kept, closed, by) ?? (await waits(asked, kept, closed));
  if (reason) return refused(reason);
  const closedUserId = kept.userId !== null && closed.userId !== null ? closed.userId : null;
  const places = await placesOf(kept, closed, closedUserId);
  if (!by.isInstallation && (await areElsewhere(kept, closed, { closedUserId, now: by.now })))
    return refused('several');
  const timeZone = places[0]?.organisation.timeZone ?? 'UTC';
  const amounts = await amountsOf({
    kept: places.flatMap(({ keptId }) => keptId ?? []),
    closed: places.flatMap(({ membershipId, keptId }) => (keptId === null ? [] : membershipId)),
    ...{ keptUser: kept.userId, closedUser: closedUserId, now: by.now, timeZone },
  });
  if (amounts.openAttempts.kept > 0 && amounts.openAttempts.closed > 0) return refused('attempts');
  return {
    ...{ kind: 'plan', kept, closed, keptUserId: kept.userId, closedUserId, places, amounts },
    takesNumber: kept.id !== null && kept.staffNumber === null && closed.staffNumber !== null,
    warnings: warningsOf(kept, closed, amounts),
  };
}

function fault(kept: KnownSide, closed: KnownSide, { actorId }: MergingActor): MergeRefusal | null {
  const both = [kept, closed];
  if (kept.id !== null ? kept.id === closed.id : kept.userId === closed.userId) return 'same';
  if (kept.organisationId !== closed.organisationId) return 'other-organisation';
  if (both.some(each => each.mergedInto ?? each.accountMergedInto)) return 'merged';
  if (both.some(each => each.erasedAt !== null)) return 'erased';
  if (both.some(each => each.disabledAt !== null)) return 'blocked';
  if (kept.userId !== null && closed.isAdministrator) return 'administrator';
  if (actorId !== null && both.some(({ userId }) => userId === actorId)) return 'own';
  return null;
}

/** Somebody asked for one of them to be erased: that is decided first. */
async function waits(
  asked: AskedMerge,
  ...sides: readonly KnownSide[]
): Promise<Extract<MergeRefusal, 'erasure'> | null> {
  for (const { userId, id: membershipId } of sides)
    if (await openErasureOf({ userId, membershipId })) return 'erasure';
  return null;
}

async function placesOf(
  kept: KnownSide,
  closed: KnownSide,
  closedUserId: string | null,
): Promise<MergedPlace[]> {
  if (closedUserId === null) {
    const own = await membershipWithId(closed.id ?? '');
    const loginId = kept.userId === null ? closed.userId : null;
    return own ? [{ ...placeOf(own), keptId: kept.id, loginId }] : [];
  }
  const all = await membershipsOfAccounts([closedUserId, kept.userId ?? '']);
  return all
    .filter(({ userId }) => userId === closedUserId)
    .map(own => {
      const keptId =
        all.find(each => each.userId === kept.userId && each.organisationId === own.organisationId)?.id ??
        null;
      return { ...placeOf(own), keptId, loginId: keptId === null ? closedUserId : null };
    });
}

type Found = Awaited<ReturnType<typeof membershipsOfAccounts>>[number];

const placeOf = ({ id, organisationId, organisation, timeZone }: Found) => ({
  membershipId: id,
  organisation: { id: organisationId, name: organisation, timeZone },
});

/**
 * Whether an account would be closed while one of the two belongs to another employer as well, or has a say elsewhere: a role in
 * another organisation, or the installation. Who came alone at first belongs to the open organisation, too; that alone is nothing.
 */
async function areElsewhere(
  kept: KnownSide,
  closed: KnownSide,
  { closedUserId, now }: { closedUserId: string | null; now: number },
): Promise<boolean> {
  if (closedUserId === null) return false;
  if (kept.isAdministrator) return true;
  const both = [closedUserId, kept.userId ?? ''];
  const { organisationId } = closed;
  const belongsTo = await membershipsOfAccounts(both);
  return (
    belongsTo.some(each => each.organisationId !== organisationId && each.kind !== 'open') ||
    (await haveRoleElsewhere(both, { organisationId: organisationId ?? '', today: dayOf(now, 'utc') }))
  );
}

function warningsOf(kept: KnownSide, closed: KnownSide, amounts: Amounts): MergeWarning[] {
  const differ = (one: string | null, other: string | null) =>
    one !== null && other !== null && one !== other;
  const is: Record<MergeWarning, boolean> = {
    names: foldedName(listedName(kept)) !== foldedName(listedName(closed)),
    numbers: differ(kept.staffNumber, closed.staffNumber),
    hired: differ(kept.hiredOn, closed.hiredOn),
    units: works(kept) && works(closed) && differ(kept.unitId, closed.unitId),
    'kept-left': kept.employment === 'left' && works(closed),
    'same-courses': amounts.sameCourses > 0,
    begun: amounts.begun > 0,
    attempt: amounts.openAttempts.closed > 0,
    roles: amounts.roles > 0,
    exemptions: amounts.exemptions > 0,
  };
  return WARNINGS.filter(warning => is[warning]);
}

const works = ({ employment }: KnownSide): boolean => employment !== null && employment !== 'left';

/** The name and the address by which one of the two is known. */
export const shownSide = (side: KnownSide) => ({
  name: listedName(side),
  email: side.id === null ? side.accountEmail : listedEmail(side),
});
