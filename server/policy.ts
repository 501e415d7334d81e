import { Forbidden, NotFound, OwnMatter, SignInNeeded } from './errors.js';

/** Who acts: as much of a person as permissions need. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly isAdministrator: boolean;
  /** Wants pages that look like any course. Decides nothing about what may be done. */
  readonly isDiscreet?: boolean;
  readonly memberships: readonly { readonly organisationId: string; readonly role: string }[];
}

/** What belongs to somebody, somewhere. */
interface Owned {
  readonly userId: string;
  readonly organisationId: string;
}

const owns = (actor: Actor, thing: Owned) => thing.userId === actor.id;
const worksFor = (actor: Actor, thing: Pick<Owned, 'organisationId'>, ...roles: string[]) =>
  actor.memberships.some(held => held.organisationId === thing.organisationId && roles.includes(held.role));
const decides = (actor: Actor, thing: Owned) => actor.isAdministrator || worksFor(actor, thing, 'manager');
const decidesForAnother = (actor: Actor, thing: Owned) => decides(actor, thing) && !owns(actor, thing);

/** One sentence a line: who may do what. `sees` decides between 404 (outsider) and 403 (insider). */
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
  /** `changesOwn`: a result of the actor's is among those that would change. */
  'regrade.apply': (actor: Actor, { changesOwn }: { changesOwn: boolean }) =>
    actor.isAdministrator && !changesOwn,
  'organisation.audit': (actor: Actor, thing: Pick<Owned, 'organisationId'>) =>
    actor.isAdministrator || worksFor(actor, thing, 'manager', 'auditor'),
  'organisation.manage': (actor: Actor, thing: Pick<Owned, 'organisationId'>) =>
    actor.isAdministrator || worksFor(actor, thing, 'manager'),
  /** A course that is open to this organisation's people. */
  'course.take': (actor: Actor, thing: Pick<Owned, 'organisationId'>) =>
    worksFor(actor, thing, 'learner', 'manager'),
  /** `grantedTo`: the organisations whose people may take the course; null where all may. */
  'content.preview': (actor: Actor, { grantedTo }: { grantedTo: readonly string[] | null }) =>
    actor.isAdministrator ||
    actor.memberships.some(
      ({ role, organisationId }) => role === 'manager' && (grantedTo?.includes(organisationId) ?? true),
    ),
  /** What is right, outside an attempt. Not for managers: they may take the course themselves. */
  'content.key': (actor: Actor, content: object) => actor.isAdministrator && Boolean(content),
  /** Nobody shuts themselves out, or lets themselves in. */
  'person.block': (actor: Actor, person: Pick<Owned, 'userId'>) =>
    actor.isAdministrator && person.userId !== actor.id,
  'installation.administer': (actor: Actor, installation: object) =>
    actor.isAdministrator && Boolean(installation),
};

/**
 * Decisions that nobody makes about themselves, administrators included. Whoever could make one about anybody else is
 * told that somebody else has to (`OwnMatter`).
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

/** Whether `actor` may do `action` to `thing`. Feeds views. */
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

/** The thing is the actor's own, and they decide on such things of others. */
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

/** The organisations whose people somebody manages. */
export const managedBy = ({ memberships }: Pick<Actor, 'memberships'>): string[] =>
  memberships.flatMap(({ role, organisationId }) => (role === 'manager' ? organisationId : []));

/** The signed-in person, or `SignInNeeded`. */
export function signedIn(actor: Actor | null): Actor {
  if (!actor) throw new SignInNeeded();
  return actor;
}
