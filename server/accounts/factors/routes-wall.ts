import type { RequestHandler } from 'express';
import { actorOf } from '../../http/page.js';
import { mustHaveFactor, type Actor } from '../../policy.js';
import { graceUntil } from './factor-grace.js';

/** What stays open without the second factor that a role asks for: to set it up, to sign in anew before that, and to leave. */
const OPEN = /^\/(account\/factors|account\/proof|sign-in|arrival|sign-out|exit)(\/|$)/i;

/** An auditor from outside holds no grant: a room opens to them alone. */
const ROOM = /^\/rooms(\/|$)/i;

const DAY = 86_400_000;

/** In this last part of the time of grace pages say how many days are left (ms). */
const TOLD = 7 * DAY;

/**
 * Whoever has a role that could do harm sets up a second factor within a time of grace, which begins with the role. In its last week
 * pages say how many days are left; after it every page leads to the one where they set it up. `isAnsweredFor`: somebody else answers
 * for each of their sign-ins.
 */
export function factorWall(
  { clock }: { clock: () => number },
  isAnsweredFor: (actor: Actor) => Promise<boolean>,
): RequestHandler {
  const before =
    (actor: Actor): RequestHandler =>
    async (req, res, next) => {
      const grace = graceUntil(actor.factorAskedFrom ?? 0) - clock();
      if (grace > TOLD || (await isAnsweredFor(actor))) return next();
      if (grace <= 0) return res.redirect(303, '/account/factors');
      if (mustHaveFactor(actor)) res.locals.graceDays = Math.ceil(grace / DAY);
      next();
    };
  return (req, res, next) => {
    const actor = actorOf(req);
    const passes = !actor || actor.hasFactor !== false || OPEN.test(req.path) || !isAsked(actor, req.path);
    return passes ? next() : before(actor)(req, res, next);
  };
}

const isAsked = (actor: Actor, path: string): boolean => mustHaveFactor(actor) || ROOM.test(path);
