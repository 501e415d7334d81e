import type { Request, RequestHandler, Response } from 'express';
import { Passport } from 'passport';
import { Strategy } from 'passport-local';
import { row } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import { inTransaction } from '../../db/transaction.js';
import { SignInElsewhere } from '../../errors.js';
import { record } from '../../events/record.js';
import type { SessionCookies } from '../../http/security/session-cookie.js';
import { USUAL, type SessionKind } from '../../http/security/sessions.js';
import type { Actor } from '../../policy.js';
import { goesOnIn, maskedAddress } from '../merged-accounts.js';
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

interface SignInContext {
  readonly clock: () => number;
  readonly sessions: SessionCookies;
  /** Reads a person with their memberships and grants, which are not this slice's; null when gone or blocked. */
  readonly loadActor: (userId: string, now: number) => Promise<Actor | null>;
  /** The organisation with whose provider alone somebody signs in; null: they sign in as they like. */
  readonly enforcedFor: (userId: string) => Promise<string | null>;
  /** Keeps the sign-in for its owner's history, and makes the browser known. */
  readonly begun: (req: Request, userId: string, kind: SessionKind) => Promise<void>;
}

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

  const enter = async (req: Request, actor: Actor, kind: SessionKind): Promise<void> => {
    await inTransaction(async () => {
      await recordSignIn(actor.id, context);
      await context.sessions.begin(req, actor.id, kind);
      await context.begun(req, actor.id, kind);
    });
    req.user = actor;
  };

  /** Whoever has a second factor is let in once it is proven, too: until then the session opens nothing (`routes-second-step.ts`). */
  const enterByFirst = (req: Request, actor: Actor, kind: SessionKind): Promise<void> =>
    actor.hasFactor ? context.sessions.begin(req, actor.id, kind, true) : enter(req, actor, kind);

  /** Whatever door somebody comes by, their organisation may take its own provider alone. Throws SignInElsewhere. */
  const refuseElsewhere = async (userId: string): Promise<void> => {
    const organisationId = await context.enforcedFor(userId);
    if (organisationId !== null) throw new SignInElsewhere(organisationId);
  };

  return {
    /** Finds who is signed in: `req.user`. */
    whose: (async (req, _res, next) => {
      const userId = await context.sessions.personOf(req);
      const actor = userId === null ? null : await context.loadActor(userId, context.clock());
      if (actor) req.user = actor;
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
          enterByFirst(req, actor, USUAL).then(() => answered({ kind: 'in', actor }), failed);
        };
        (passport.authenticate('local', verdict as never) as RequestHandler)(req, res, failed);
      }),

    /**
     * Sign in a person who has just proven elsewhere that it is they: a password, a link that was mailed to them. Their second factor
     * is still asked for. False when they are blocked. Throws SignInElsewhere.
     */
    letIn: async (req: Request, userId: string, kind = USUAL): Promise<boolean> => {
      const actor = await context.loadActor(userId, context.clock());
      if (!actor) return false;
      await refuseElsewhere(userId);
      await enterByFirst(req, actor, kind);
      return true;
    },

    /** Sign in a person who has proven all that is asked of them. False when they are blocked. Throws SignInElsewhere. */
    letInWholly: async (req: Request, userId: string, kind = USUAL): Promise<boolean> => {
      const actor = await context.loadActor(userId, context.clock());
      if (!actor) return false;
      await refuseElsewhere(userId);
      await enter(req, actor, kind);
      return true;
    },

    /**
     * Sign in whom an organisation's provider let through, which answers for its people, so that they are asked for nothing else; but
     * not for who administers the installation. False when they are blocked.
     */
    letInByProvider: async (req: Request, userId: string, kind: SessionKind): Promise<boolean> => {
      const actor = await context.loadActor(userId, context.clock());
      if (!actor) return false;
      await (actor.isAdministrator ? enterByFirst : enter)(req, actor, kind);
      return true;
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
  const organisationId = await context.enforcedFor(user.id);
  if (organisationId !== null) throw new SignInElsewhere(organisationId);
  const actor = await context.loadActor(user.id, context.clock());
  return actor ? { kind: 'in', actor } : { kind: 'blocked' };
}

/** Joins the transaction. */
const recordSignIn = (userId: string, { clock }: SignInContext): Promise<unknown> =>
  record('account.signed-in', { userId }, { actorId: userId, organisationId: null, now: clock() });
