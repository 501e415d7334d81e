import type { ErrorRequestHandler } from 'express';
import { Forbidden, Hidden } from '../../errors.js';
import { actorOf } from './page.js';
import { networkOf } from './security/network.js';
import type { Refusals } from './security/refusals.js';

/** Notes what is refused to somebody, before the page of the error: things that they may see, and those that they may not. */
export const noteRefusals =
  (refusals: Refusals, clock: () => number): ErrorRequestHandler =>
  (fault: unknown, req, _res, next) => {
    if (fault instanceof Hidden || fault instanceof Forbidden) {
      const kind = fault instanceof Hidden ? 'hidden' : 'forbidden';
      const userId = actorOf(req)?.id ?? null;
      refusals.note({ kind, what: fault.action ?? 'form', subject: networkOf(req.ip), userId }, clock());
    }
    next(fault);
  };
