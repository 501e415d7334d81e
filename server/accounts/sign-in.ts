import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Passport } from 'passport';
import { Strategy } from 'passport-local';
import { inTransaction } from '../db/transaction.js';
import { record } from '../events/record.js';
import type { Actor } from '../policy.js';
import { User } from './models.js';
import { passwordFits } from './passwords.js';
import { loadActor, recallActor } from './people.js';
import { normaliseEmail } from './registration.js';

/** How a try to sign in ended. */
export type SignInResult =
  | { readonly kind: 'in'; readonly actor: Actor }
  | { readonly kind: 'unconfirmed'; readonly userId: string }
  /** The password is right, and the account is blocked: only its owner is told so. */
  | { readonly kind: 'blocked' }
  | { readonly kind: 'refused' };

/** One passport an app, so that tests share no state. Its untyped edges stay in this file. */
export function createSignIn(clock: () => number) {
  const passport = new Passport();
  passport.use(
    new Strategy({ usernameField: 'email' }, (email, password, done) => {
      tryPassword(email, password, clock()).then(
        result => done(null, result.kind === 'in' ? result.actor : false, result as never),
        done,
      );
    }),
  );
  passport.serializeUser((user, done) => done(null, (user as Actor).id));
  passport.deserializeUser((id: string, done) => {
    const known = recallActor(id);
    if (known) return done(null, known);
    loadActor(id).then(actor => done(null, actor ?? false), done);
  });

  return {
    session: passport.session() as RequestHandler,

    /** Check e-mail and password; on success the session gets a new id. */
    signIn: (req: Request, res: Response, next: NextFunction): Promise<SignInResult> =>
      new Promise((answered, failed) => {
        const verdict = (error: unknown, actor: Actor | false, result?: SignInResult) => {
          if (error) return failed(error);
          if (!actor) return answered(result?.kind ? result : { kind: 'refused' });
          req.logIn(actor, fault => (fault ? failed(fault as Error) : answered({ kind: 'in', actor })));
        };
        (passport.authenticate('local', verdict as never) as RequestHandler)(req, res, next);
      }),

    /** Let in somebody whose password was just checked elsewhere; false when they are disabled. */
    letIn: async (req: Request, userId: string): Promise<boolean> => {
      const actor = await welcome(userId, clock());
      if (!actor) return false;
      await new Promise<void>((done, failed) =>
        req.logIn(actor, fault => (fault ? failed(fault as Error) : done())),
      );
      return true;
    },

    /** End the session, on this side too. */
    signOut: (req: Request): Promise<void> =>
      new Promise((done, failed) => {
        req.session.destroy(fault => (fault ? failed(fault as Error) : done()));
      }),
  };
}

async function tryPassword(typedEmail: string, password: string, now: number): Promise<SignInResult> {
  const user = await User.findOne({ where: { email: normaliseEmail(typedEmail) } });
  const fits = await passwordFits(user?.passwordHash ?? null, password);
  if (!user || !fits) return { kind: 'refused' };
  if (user.disabledAt) return { kind: 'blocked' };
  if (!user.emailConfirmedAt) return { kind: 'unconfirmed', userId: user.id };
  const actor = await welcome(user.id, now);
  return actor ? { kind: 'in', actor } : { kind: 'blocked' };
}

/** The person who comes in, on record; null when disabled. */
async function welcome(userId: string, now: number): Promise<Actor | null> {
  const actor = await loadActor(userId);
  if (!actor) return null;
  await inTransaction(() =>
    record('account.signed-in', { userId }, { actorId: userId, organisationId: null, now }),
  );
  return actor;
}
