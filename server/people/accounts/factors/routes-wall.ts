import type { RequestHandler } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { actorOf } from '../../../platform/http/page.js';
import { formatDate } from '../../../platform/i18n/i18n.js';
import { hereIn } from '../../../platform/i18n/spoken.js';
import { mustHaveFactor, type Actor } from '../../../policy.js';
import { graceUntil } from './factor-grace.js';

/** What stays open without the second factor that a role asks for: to set it up, to sign in anew before that, and to leave. */
const OPEN = /^\/(account\/factors|account\/proof|sign-in|arrival|sign-out|exit)(\/|$)/i;

/** An auditor from outside holds no grant: a room opens to them alone. */
const ROOM = /^\/rooms(\/|$)/i;

const DAY = 86_400_000;

/** Where those work whom a role asks for it: these pages say so from the first day on. */
const HOMES = /^\/(team|admin)$/i;

/** In this last part of the time of grace all pages say until when it lasts (ms). */
const TOLD = 7 * DAY;

/**
 * Whoever has a role that could do harm sets up a second factor within a time of grace, which begins with the role. The home
 * pages of managers and administrators say from the first day on until when it lasts, and in its last week all pages do; after it every
 * page leads to the one where they set it up. `isAnsweredFor`: somebody else answers for each of their sign-ins.
 */
export function factorWall(
  { clock, config }: Pick<WebDeps, 'clock' | 'config'>,
  isAnsweredFor: (actor: Actor) => Promise<boolean>,
): RequestHandler {
  const before =
    (actor: Actor): RequestHandler =>
    async (req, res, next) => {
      const until = graceUntil(actor.factorAskedFrom ?? 0);
      const grace = until - clock();
      if ((grace > TOLD && !HOMES.test(req.path)) || (await isAnsweredFor(actor))) return next();
      if (grace <= 0) return res.redirect(303, '/account/factors');
      if (mustHaveFactor(actor)) {
        const lastDay = formatDate(until, hereIn(config.timeZone));
        res.locals.grace = { days: Math.ceil(grace / DAY), lastDay };
      }
      next();
    };
  return (req, res, next) => {
    const actor = actorOf(req);
    const passes = !actor || actor.hasFactor !== false || OPEN.test(req.path) || !isAsked(actor, req.path);
    return passes ? next() : before(actor)(req, res, next);
  };
}

const isAsked = (actor: Actor, path: string): boolean => mustHaveFactor(actor) || ROOM.test(path);
