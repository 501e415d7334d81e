import type { NextFunction, Request, Response } from 'express';
import { actorOf } from '../../../../platform/http/page.js';
import { cyclesOf } from '../../../../teaching/learning/enrolments.js';
import type { Actor } from '../../../../policy.js';
import { roomsOfAuditor } from '../stored-rooms.js';

/** Before the list of somebody's courses: an auditor from outside has none, and is led to their rooms. */
export async function leadToRooms(req: Request, res: Response, next: NextFunction): Promise<void> {
  const actor = actorOf(req);
  if (!actor || hasWorkHere(actor)) return next();
  const isAuditor = (await roomsOfAuditor(actor.id)).length > 0 && (await cyclesOf(actor.id)).length === 0;
  if (isAuditor) return res.redirect(303, '/rooms');
  next();
}

const hasWorkHere = ({ isAdministrator, grants }: Actor): boolean => isAdministrator || grants.length > 0;
