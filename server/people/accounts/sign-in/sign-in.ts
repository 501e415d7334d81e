import type { Request, RequestHandler, Response } from 'express';
import { Passport } from 'passport';
import { Strategy } from 'passport-local';
import { row } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { SignInElsewhere } from '../../../errors.js';
import { record } from '../../../platform/events/record.js';
import type { SessionKind } from '../../../platform/http/security/sessions.js';
import { withinOf, type SessionCookies } from '../../../platform/http/security/session-cookie.js';
import { vouchedWithin, type Actor } from '../../../policy.js';
import { goesOnIn, maskedAddress } from '../merged-accounts.js';
import { answerAt, type AtDoor } from './doors.js';
import { passwordFits } from './passwords.js';
import { normaliseEmail } from '../normalised.js';
import { User } from '../tables.js';

/** The result of an attempt to sign in. */
export type SignInResult =
  | { readonly kind: 'in'; readonly actor: Actor }
  | { readonly kind: 'unconfirmed'; readonly userId: string }
  /** The password is right, and the account is blocked: only its owner is told so. */
  | { readonly kind: 'blocked' }
  /** The password is right, and the account goes on in another one: whose address, masked, its owner knows. */
  | { readonly kind: 'merged'; readonly address: string }
  /** `userId`: the account of the address, if there is one. */
  | { readonly kind: 'refused'; readonly userId: string | null };

export interface SignInContext {
  readonly clock: () => number;
  readonly sessions: SessionCookies;
  /** Reads a person with their memberships and grants, which are not this slice's; null when gone or blocked. */
  readonly loadActor: (userId: string, now: number) => Promise<Actor | null>;
  /** The organisations that let somebody in by their own provider alone. */
  readonly enforcedFor: (userId: string) => Promise<readonly string[]>;
  /** Keeps the sign-in for its owner's history, and makes the browser known. */
  readonly begun: (req: Request, userId: string, kind: SessionKind) => Promise<void>;
}

/** Somebody at a door, and what a session that begins there keeps besides. */
export interface Coming extends AtDoor {
  readonly session?: Partial<Pick<SessionKind, 'entry' | 'scope' | 'through'>>;
}

const BY_PASSWORD = { door: 'password', at: null } as const;

/** One passport for each app, so that tests share no state. Its untyped edges stay in this file. */
export function createSignIn(context: SignInContext) {
  const passport = new Passport();
  passport.use(
    new Strategy({ usernameField: 'email' }, (email, password, done) => {
      tryPassword(email, password, context).then(
        result => done(null, result.kind === 'in' ? result.actor : false, result as never),
        done,
      );
    }),
  );

  /** Begin the session that a door opens to an account; false: it opens none. Throws SignInElsewhere. */
  const enter = async (req: Request, actor: Actor, coming: Coming): Promise<boolean> => {
    const rolesIn = actor.grants.map(({ organisationId }) => organisationId);
    const { id, isAdministrator, hasFactor = false } = actor;
    const account = { hasFactor, isAdministrator, rolesIn, enforcing: await context.enforcedFor(id) };
    const isHere = (req.user as Actor | undefined)?.id === id;
    const answer = answerAt({ ...coming, isHere }, account);
    if (answer.kind === 'elsewhere') throw new SignInElsewhere(answer.organisationId);
    if (answer.kind === 'connect') return false;
    if (answer.kind === 'proven') {
      await context.sessions.prove(req);
      return true;
    }
    const { within, isProven } = answer;
    const kind = { entry: null, scope: null, ...coming.session, at: coming.at, within };
    // Until the second factor is proven, too, the session opens nothing (`routes-second-step.ts`).
    if (answer.kind === 'second-step') {
      await context.sessions.begin(req, id, kind, { awaitsFactor: true, isProven });
      return true;
    }
    await inTransaction(async () => {
      await recordSignIn(id, context);
      await context.sessions.begin(req, id, kind, { awaitsFactor: false, isProven });
      await context.begun(req, id, kind);
    });
    req.user = held(actor, within);
    return true;
  };

  return {
    /** Finds who is signed in: `req.user`. */
    whose: (async (req, _res, next) => {
      const userId = await context.sessions.personOf(req);
      const actor = userId === null ? null : await context.loadActor(userId, context.clock());
      if (actor) req.user = held(actor, withinOf(req));
      // Gone or blocked: whoever is let in again signs in again.
      else if (userId !== null) await context.sessions.end(req);
      next();
    }) satisfies RequestHandler,

    /** Check the address and password; on success the session gets a new id. */
    signIn: (req: Request, res: Response): Promise<SignInResult> =>
      new Promise((answered, failed) => {
        const verdict = (error: unknown, actor: Actor | false, result?: SignInResult) => {
          if (error) return failed(error);
          if (!actor) return answered(result?.kind ? result : { kind: 'refused', userId: null });
          enter(req, actor, BY_PASSWORD).then(() => answered({ kind: 'in', actor }), failed);
        };
        (passport.authenticate('local', verdict as never) as RequestHandler)(req, res, failed);
      }),

    /**
     * Let in a person who has shown at a door what it asks for, as far as it opens (`doors.ts`). False when they are blocked, or may come
     * by it no longer. Throws SignInElsewhere.
     */
    letIn: async (req: Request, userId: string, coming: Coming): Promise<boolean> => {
      const actor = await context.loadActor(userId, context.clock());
      return actor !== null && enter(req, actor, coming);
    },

    /** End the session, in the database, too. */
    signOut: (req: Request): Promise<void> => context.sessions.end(req),
  };
}

/** What routes need in order to let people in and out. */
export type SignIn = ReturnType<typeof createSignIn>;

const BY_ADDRESS = sql`
  select ${columns(User, 'u', 'id', 'passwordHash', 'disabledAt', 'emailConfirmedAt')} from ${User} u where u.email = $1`;

async function tryPassword(
  typedEmail: string,
  password: string,
  context: SignInContext,
): Promise<SignInResult> {
  const user = await row(BY_ADDRESS, [normaliseEmail(typedEmail)]);
  const fits = await passwordFits(user?.passwordHash ?? null, password);
  if (!user || !fits) return { kind: 'refused', userId: user?.id ?? null };
  const kept = user.disabledAt ? await goesOnIn(user.id) : null;
  if (kept) return { kind: 'merged', address: maskedAddress(kept.email) };
  if (user.disabledAt) return { kind: 'blocked' };
  if (!user.emailConfirmedAt) return { kind: 'unconfirmed', userId: user.id };
  const actor = await context.loadActor(user.id, context.clock());
  return actor ? { kind: 'in', actor } : { kind: 'blocked' };
}

/** With all that they may do, unless one organisation alone vouches for them. */
const held = (actor: Actor, within: string | null): Actor =>
  within === null ? actor : vouchedWithin(actor, within);

/** Joins the transaction. */
const recordSignIn = (userId: string, { clock }: SignInContext): Promise<unknown> =>
  record('account.signed-in', { userId }, { actorId: userId, organisationId: null, now: clock() });
