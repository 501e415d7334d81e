import { Forbidden, Hidden, NotFound, NotVouchedFor, OwnMatter, SignInNeeded } from './errors.js';

/** A permission that counts today: in a whole organisation or, with a `unitId`, in a unit and all below it. */
export interface Grant {
  readonly organisationId: string;
  readonly role: 'manager' | 'instructor' | 'auditor' | 'administrator';
  readonly unitId: string | null;
}

/** Who acts: a person, as far as permissions need to know them. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  /** Administers the installation, and so every organisation. */
  readonly isAdministrator: boolean;
  /** The person wants pages that look like any other course. It has no bearing on permissions. */
  readonly isDiscreet?: boolean;
  /** A password alone does not let the person in. It has no bearing on permissions, nor has the next. */
  readonly hasFactor?: boolean;
  /** From when (epoch ms) a role of theirs asks for a second factor. */
  readonly factorAskedFrom?: number;
  /** The ids of accounts of the same person that were merged into this one and closed. */
  readonly former?: readonly string[];
  /** The ids of the organisations that the person belongs to. */
  readonly memberships: readonly string[];
  readonly grants: readonly Grant[];
  /** The one organisation that vouches for the person in this session: nothing of another is theirs in it. */
  readonly within?: string | undefined;
}

type OfOrganisation = Pick<Owned, 'organisationId'>;

/** A thing that belongs to a person, in an organisation. */
interface Owned {
  /** Null: somebody on a roster who has no account yet. */
  readonly userId: string | null;
  readonly organisationId: string;
  /** The units in or below which the person works (`organisations/reach.ts`). Without them no manager of a unit decides. */
  readonly units?: readonly string[];
}

/** A room in which somebody from outside audits an organisation. `auditorId` null: they have not come yet. */
interface Room extends Audited {
  readonly auditorId: string | null;
  /** It was opened, has not been ended, and its day has not come. */
  readonly isOpen: boolean;
}

/** Whether a session opens what belongs to an organisation: all of them, unless one alone vouches for the person. */
export const reaches = ({ within }: Actor, { organisationId }: Partial<OfOrganisation>) =>
  within === undefined || organisationId === undefined || organisationId === within;

/** An organisation that somebody audits. To the open one belongs anybody who learns here alone: that makes nobody an insider. */
interface Audited extends OfOrganisation {
  readonly organisationKind: 'open' | 'customer';
}

/** Nobody uses an account any more that was merged into theirs; what belongs to it is theirs. */
const isHere = (actor: Actor, thing: Pick<Owned, 'userId'> & Partial<OfOrganisation>) =>
  thing.userId === actor.id && reaches(actor, thing);
const owns = (actor: Actor, thing: Pick<Owned, 'userId'> & Partial<OfOrganisation>) =>
  isHere(actor, thing) ||
  (thing.userId !== null && (actor.former?.includes(thing.userId) ?? false) && reaches(actor, thing));
const belongs = (actor: Actor, thing: OfOrganisation) => actor.memberships.includes(thing.organisationId);
const holds = (actor: Actor, role: Grant['role'], thing: OfOrganisation & Partial<Owned>) =>
  actor.grants.some(
    grant =>
      grant.role === role &&
      grant.organisationId === thing.organisationId &&
      (grant.unitId === null || (thing.units?.includes(grant.unitId) ?? false)),
  );
const administers = (actor: Actor, thing: OfOrganisation) =>
  actor.isAdministrator || holds(actor, 'administrator', { organisationId: thing.organisationId });
/** The whole organisation, or a person for whom `actor` is responsible. */
const manages = (actor: Actor, thing: OfOrganisation & Partial<Owned>) =>
  administers(actor, thing) || holds(actor, 'manager', thing);
const managesAnother = (actor: Actor, thing: Owned) => manages(actor, thing) && !owns(actor, thing);

/**
 * Nobody audits an organisation that vouches for them in this session, nor any other one meanwhile; nor an employer that they belong to, or
 * an organisation in which they have a role or which they administer. A role `auditor` of earlier days opens nothing.
 */
const isOutside = (actor: Actor, { organisationId, organisationKind }: Audited) =>
  actor.within === undefined &&
  !administers(actor, { organisationId }) &&
  (organisationKind === 'open' || !belongs(actor, { organisationId })) &&
  !actor.grants.some(grant => grant.organisationId === organisationId && grant.role !== 'auditor');
const audits = (actor: Actor, room: Room) =>
  room.isOpen && room.auditorId === actor.id && isOutside(actor, room);

/** Who may do what, one sentence on each line. `sees` decides between 404 (outsider) and 403 (insider). */
const rules = {
  'account.change': (actor: Actor, account: { id: string }) => account.id === actor.id,
  'cycle.learn': (actor: Actor, cycle: Owned) => isHere(actor, cycle),
  'attempt.answer': (actor: Actor, attempt: Owned) => isHere(actor, attempt),
  'attempt.view': (actor: Actor, attempt: Owned) => owns(actor, attempt),
  'attempt.identify': (actor: Actor, attempt: Owned) => manages(actor, attempt),
  'certificate.view': (actor: Actor, certificate: Owned) =>
    owns(actor, certificate) || manages(actor, certificate),
  'certificate.hold': (actor: Actor, certificate: Owned) => owns(actor, certificate),
  'certificate.revoke': managesAnother,
  'certificate.suspend': managesAnother,
  'certificate.correct': managesAnother,
  /** Extra time and further attempts. */
  'person.favour': (actor: Actor, person: Pick<Owned, 'userId'>) =>
    actor.isAdministrator && !owns(actor, person),
  /** `changesOwn`: one of the actor's own results would change. */
  'regrade.apply': (actor: Actor, { changesOwn }: { changesOwn: boolean }) =>
    actor.isAdministrator && !changesOwn,
  /** To see a person's place in an organisation and what they learned there. */
  'person.see': (actor: Actor, person: Owned) => manages(actor, person),
  /** To move somebody, or to record their leave or that they left. Nobody does so for themselves. */
  'person.place': (actor: Actor, person: Owned) => administers(actor, person) && !owns(actor, person),
  /**
   * To exempt somebody from what is required, or to add them to a requirement or take them out of it by hand. Nobody does so
   * for themselves.
   */
  'person.exempt': (actor: Actor, person: Owned) => administers(actor, person) && !owns(actor, person),
  /** To say whether a certificate from elsewhere counts, and when it no longer does. Nobody does so for their own. */
  'elsewhere.decide': (actor: Actor, person: Owned) => administers(actor, person) && !owns(actor, person),
  /** To look for people in an organisation; who manages a unit finds those who work there. */
  'organisation.people': (actor: Actor, { organisationId }: OfOrganisation) =>
    administers(actor, { organisationId }) ||
    actor.grants.some(grant => grant.role === 'manager' && grant.organisationId === organisationId),
  /** To open the classroom sessions of an organisation; which of them, is a matter of reach (`asTeacher`). */
  'organisation.teach': (actor: Actor, { organisationId }: OfOrganisation) =>
    administers(actor, { organisationId }) ||
    actor.grants.some(
      grant =>
        (grant.role === 'manager' || grant.role === 'instructor') && grant.organisationId === organisationId,
    ),
  /** To agree on more time for somebody's quizzes. */
  'person.extend': managesAnother,
  /** To see all of its people and its figures. Who manages a unit sees only the people there. */
  'organisation.manage': (actor: Actor, { organisationId }: OfOrganisation) =>
    manages(actor, { organisationId }),
  /** To change its settings, units and roster. */
  'organisation.administer': administers,
  /** To become the auditor of a room. */
  'room.enter': isOutside,
  /** To read in an auditor's room. Who keeps the organisation sees it as the auditor does. */
  'room.read': (actor: Actor, room: Room) => administers(actor, room) || audits(actor, room),
  /** To ask for something in a room. */
  'room.ask': audits,
  /** To give somebody a role, for longer or in another unit too. Nobody gives themselves anything. */
  'grant.appoint': (actor: Actor, grant: Owned) => administers(actor, grant) && !owns(actor, grant),
  /** Everybody may give up their own. */
  'grant.end': (actor: Actor, grant: Owned) => administers(actor, grant) || owns(actor, grant),
  /** To open a course to this organisation's people. */
  'course.take': belongs,
  /** `grantedTo`: the organisations whose people may take the course; null where all may. */
  'content.preview': (actor: Actor, { grantedTo }: { grantedTo: readonly string[] | null }) =>
    actor.isAdministrator ||
    actor.grants.some(
      ({ role, organisationId }) => role !== 'auditor' && (grantedTo?.includes(organisationId) ?? true),
    ),
  /**
   * To grant or decline a restricted course that somebody asked for: for a unit (`unitId` is not '') as whoever administers the
   * organisation, for all of the organisation as an administrator of the installation. Nobody answers themselves.
   */
  'course.answer': (actor: Actor, request: Owned & { readonly unitId: string }) =>
    !owns(actor, request) && (request.unitId === '' ? actor.isAdministrator : administers(actor, request)),
  /** To see the right answers outside an attempt. Not for managers, who may take the course themselves. */
  'content.key': (actor: Actor, content: object) => actor.isAdministrator && Boolean(content),
  /** To decide that somebody is erased, and on legal holds; also to ask for another person's account. */
  'erasure.decide': (actor: Actor, person: Pick<Owned, 'userId'>) =>
    actor.isAdministrator && !owns(actor, person),
  /** To ask for, and to decide on, taking off what somebody lost whom it keeps out. Nobody does so for themselves. */
  'factor.reset': (actor: Actor, person: Pick<Owned, 'userId'>) =>
    actor.isAdministrator && !owns(actor, person),
  /** To merge an account of somebody with another one. Nobody does so with their own. */
  'person.merge': (actor: Actor, person: Pick<Owned, 'userId'>) =>
    actor.isAdministrator && !owns(actor, person),
  /** Nobody may block or unblock themselves. */
  'person.block': (actor: Actor, person: Pick<Owned, 'userId'>) =>
    actor.isAdministrator && person.userId !== actor.id,
  'installation.administer': (actor: Actor, installation: object) =>
    actor.isAdministrator && Boolean(installation),
};

/**
 * Decisions that nobody may make about themselves, not even an administrator. Whoever may make them about others is told
 * that somebody else has to decide (`OwnMatter`).
 */
const DECISIONS: ReadonlySet<string> = new Set<keyof typeof rules>([
  'certificate.revoke',
  'certificate.suspend',
  'certificate.correct',
  'person.favour',
  'person.extend',
  'regrade.apply',
  'grant.appoint',
  'person.place',
  'person.exempt',
  'elsewhere.decide',
  'erasure.decide',
  'course.answer',
  'person.merge',
  'factor.reset',
]);

type Rules = typeof rules;
export type Action = keyof Rules;
type Thing<A extends Action> = Parameters<Rules[A]>[1];

/** Whether `actor` may do `action` to `thing`, for views. */
export function can<A extends Action>(actor: Actor | null, action: A, thing: Thing<A>): boolean {
  const rule = rules[action] as (actor: Actor, thing: Thing<A>) => boolean;
  return actor !== null && rule(actor, thing);
}

/**
 * Guards a route. Throws `SignInNeeded` without an actor; `Forbidden` to one who may see the thing anyway; `NotVouchedFor` where it is
 * their own, in an organisation that their session does not open; `NotFound` to everyone else, so that a guessed id and a foreign one look the same.
 */
export function authorise<A extends Action>(actor: Actor | null, action: A, thing: Thing<A> | null): void {
  if (!actor) throw new SignInNeeded();
  if (!thing) throw new NotFound();
  if (can(actor, action, thing)) return;
  if (DECISIONS.has(action) && isOwn(actor, thing)) throw new OwnMatter(action);
  if (isOwnElsewhere(actor, thing)) throw new NotVouchedFor();
  throw sees(actor, thing) ? new Forbidden(undefined, action) : new Hidden(action);
}

/** Whether the thing is the actor's own, and they may decide about those of others. */
function isOwn(actor: Actor, thing: object): boolean {
  const { userId, changesOwn } = thing as Partial<Owned> & { changesOwn?: boolean };
  if (userId !== actor.id && !changesOwn) return false;
  return actor.isAdministrator || ('organisationId' in thing && manages(actor, thing as Owned));
}

/** Whether the thing is the actor's own, in another organisation than the one that vouches for them. */
const isOwnElsewhere = (actor: Actor, thing: object): boolean =>
  'userId' in thing && !owns(actor, thing as Owned) && owns({ ...actor, within: undefined }, thing as Owned);

function sees(actor: Actor, thing: object): boolean {
  if (!('userId' in thing)) return false;
  const owned = thing as Owned;
  return owns(actor, owned) || manages(actor, owned);
}

/** In classroom sessions an instructor reaches as far as a manager of the same unit does. */
export const asTeacher = (actor: Actor): Actor => ({
  ...actor,
  grants: actor.grants.map(grant => (grant.role === 'instructor' ? { ...grant, role: 'manager' } : grant)),
});

/** A person as far as one organisation can vouch for them: with what they are and may do there, and nothing else. */
export const vouchedWithin = (actor: Actor, within: string): Actor => ({
  ...actor,
  within,
  isAdministrator: false,
  memberships: actor.memberships.filter(organisationId => organisationId === within),
  grants: actor.grants.filter(({ organisationId }) => organisationId === within),
});

/** The organisations in which a person manages everybody or a unit. */
export const managedBy = ({ grants }: Pick<Actor, 'grants'>): string[] => {
  const managing = grants.filter(({ role }) => role === 'manager' || role === 'administrator');
  return [...new Set(managing.map(({ organisationId }) => organisationId))];
};

/** Whether a role of the person can do others such harm that a password alone must not open it. */
export const mustHaveFactor = ({
  isAdministrator,
  grants,
}: Pick<Actor, 'isAdministrator' | 'grants'>): boolean =>
  isAdministrator || grants.some(({ role }) => role !== 'instructor');

/** The signed-in person. Throws `SignInNeeded` where there is none. */
export function signedIn(actor: Actor | null): Actor {
  if (!actor) throw new SignInNeeded();
  return actor;
}
