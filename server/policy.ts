import { Forbidden, NotFound, SignInNeeded } from './errors.js';

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

/** One sentence a line: who may do what. `sees` decides between 404 (outsider) and 403 (insider). */
const rules = {
  'account.change': (actor: Actor, account: { id: string }) => account.id === actor.id,
  'cycle.learn': (actor: Actor, cycle: Owned) => owns(actor, cycle),
  'attempt.answer': (actor: Actor, attempt: Owned) => owns(actor, attempt),
  'attempt.view': (actor: Actor, attempt: Owned) => owns(actor, attempt),
  'attempt.identify': (actor: Actor, attempt: Owned) =>
    actor.isAdministrator || worksFor(actor, attempt, 'manager'),
  'certificate.view': (actor: Actor, certificate: Owned) =>
    owns(actor, certificate) || actor.isAdministrator || worksFor(actor, certificate, 'manager', 'auditor'),
  'certificate.hold': (actor: Actor, certificate: Owned) => owns(actor, certificate),
  'certificate.revoke': (actor: Actor, certificate: Owned) =>
    actor.isAdministrator || worksFor(actor, certificate, 'manager'),
  'certificate.suspend': (actor: Actor, certificate: Owned) =>
    actor.isAdministrator || worksFor(actor, certificate, 'manager'),
  'certificate.correct': (actor: Actor, certificate: Owned) =>
    actor.isAdministrator || worksFor(actor, certificate, 'manager'),
  'organisation.audit': (actor: Actor, thing: Pick<Owned, 'organisationId'>) =>
    actor.isAdministrator || worksFor(actor, thing, 'manager', 'auditor'),
  'organisation.manage': (actor: Actor, thing: Pick<Owned, 'organisationId'>) =>
    actor.isAdministrator || worksFor(actor, thing, 'manager'),
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
  throw sees(actor, thing) ? new Forbidden() : new NotFound();
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
