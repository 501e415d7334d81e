import type { NextFunction, Request, Response } from 'express';
import { actorOf } from '../../../http/page.js';
import { cyclesOf } from '../../../learning/enrolments.js';
import type { Actor } from '../../../policy.js';
import { roomsOfAuditor } from '../stored-rooms.js';

/** Whoever signs in comes to their courses. An auditor from outside has none, and comes to their rooms. */
export async function leadToRooms(req: Request, res: Response, next: NextFunction): Promise<void> {
  const actor = actorOf(req);
  if (req.method !== 'GET' || req.path !== '/learning' || !actor || hasWorkHere(actor)) return next();
  const isAuditor = (await roomsOfAuditor(actor.id)).length > 0 && (await cyclesOf(actor.id)).length === 0;
  if (isAuditor) return res.redirect(303, '/rooms');
  next();
}

const hasWorkHere = ({ isAdministrator, grants }: Actor): boolean => isAdministrator || grants.length > 0;
