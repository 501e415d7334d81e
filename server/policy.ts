import { Forbidden, NotFound, OwnMatter, SignInNeeded } from './errors.js';

/** Who acts: a person, as far as permissions need to know them. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly isAdministrator: boolean;
  /** The person wants pages that look like any other course. It has no bearing on permissions. */
  readonly isDiscreet?: boolean;
  readonly memberships: readonly { readonly organisationId: string; readonly role: string }[];
}

/** A thing that belongs to a person, in an organisation. */
interface Owned {
  readonly userId: string;
  readonly organisationId: string;
}

const owns = (actor: Actor, thing: Owned) => thing.userId === actor.id;
const worksFor = (actor: Actor, thing: Pick<Owned, 'organisationId'>, ...roles: string[]) =>
  actor.memberships.some(held => held.organisationId === thing.organisationId && roles.includes(held.role));
const decides = (actor: Actor, thing: Owned) => actor.isAdministrator || worksFor(actor, thing, 'manager');
const decidesForAnother = (actor: Actor, thing: Owned) => decides(actor, thing) && !owns(actor, thing);

/** Who may do what, one sentence on each line. `sees` decides between 404 (outsider) and 403 (insider). */
const rules = {
  'account.change': (actor: Actor, account: { id: string }) => account.id === actor.id,
  'cycle.learn': (actor: Actor, cycle: Owned) => owns(actor, cycle),
  'attempt.answer': (actor: Actor, attempt: Owned) => owns(actor, attempt),
  'attempt.view': (actor: Actor, attempt: Owned) => owns(actor, attempt),
  'attempt.identify': decides,
  'certificate.view': (actor: Actor, certificate: Owned) =>
    owns(actor, certificate) || actor.isAdministrator || worksFor(actor, certificate, 'manager', 'auditor'),
  'certificate.hold': (actor: Actor, certificate: Owned) => owns(actor, certificate),
  'certificate.revoke': decidesForAnother,
  'certificate.suspend': decidesForAnother,
  'certificate.correct': decidesForAnother,
  /** Extra time and further attempts. */
  'person.favour': (actor: Actor, person: Pick<Owned, 'userId'>) =>
    actor.isAdministrator && person.userId !== actor.id,
  /** `changesOwn`: one of the actor's own results would change. */
  'regrade.apply': (actor: Actor, { changesOwn }: { changesOwn: boolean }) =>
    actor.isAdministrator && !changesOwn,
  'organisation.audit': (actor: Actor, thing: Pick<Owned, 'organisationId'>) =>
    actor.isAdministrator || worksFor(actor, thing, 'manager', 'auditor'),
  'organisation.manage': (actor: Actor, thing: Pick<Owned, 'organisationId'>) =>
    actor.isAdministrator || worksFor(actor, thing, 'manager'),
  /** To open a course to this organisation's people. */
  'course.take': (actor: Actor, thing: Pick<Owned, 'organisationId'>) =>
    worksFor(actor, thing, 'learner', 'manager'),
  /** `grantedTo`: the organisations whose people may take the course; null where all may. */
  'content.preview': (actor: Actor, { grantedTo }: { grantedTo: readonly string[] | null }) =>
    actor.isAdministrator ||
    actor.memberships.some(
      ({ role, organisationId }) => role === 'manager' && (grantedTo?.includes(organisationId) ?? true),
    ),
  /** To see the right answers outside an attempt. Not for managers, who may take the course themselves. */
  'content.key': (actor: Actor, content: object) => actor.isAdministrator && Boolean(content),
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
  'regrade.apply',
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
 * Guards a route. Throws `SignInNeeded` without an actor; `Forbidden` to one who may see the thing anyway;
 * `NotFound` to everyone else, so that a guessed id and a foreign one look the same.
 */
export function authorise<A extends Action>(actor: Actor | null, action: A, thing: Thing<A> | null): void {
  if (!actor) throw new SignInNeeded();
  if (!thing) throw new NotFound();
  if (can(actor, action, thing)) return;
  if (DECISIONS.has(action) && isOwn(actor, thing)) throw new OwnMatter();
  throw sees(actor, thing) ? new Forbidden() : new NotFound();
}

/** Whether the thing is the actor's own, and they may decide about those of others. */
function isOwn(actor: Actor, thing: object): boolean {
  const { userId, organisationId, changesOwn } = thing as Partial<Owned> & { changesOwn?: boolean };
  if (userId !== actor.id && !changesOwn) return false;
  return (
    actor.isAdministrator || (organisationId !== undefined && worksFor(actor, { organisationId }, 'manager'))
  );
}

function sees(actor: Actor, thing: object): boolean {
  if (!('userId' in thing)) return false;
  const owned = thing as Owned;
  return owns(actor, owned) || actor.isAdministrator || worksFor(actor, owned, 'manager', 'auditor');
}

/** The organisations that a person manages. */
export const managedBy = ({ memberships }: Pick<Actor, 'memberships'>): string[] =>
  memberships.flatMap(({ role, organisationId }) => (role === 'manager' ? organisationId : []));

/** The signed-in person. Throws `SignInNeeded` where there is none. */
export function signedIn(actor: Actor | null): Actor {
  if (!actor) throw new SignInNeeded();
  return actor;
}
