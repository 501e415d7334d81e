import type { ErrorRequestHandler } from 'express';
import { NotVouchedFor, SignInElsewhere } from '../../errors.js';
import { actorOf, type ShowPage } from '../../platform/http/page.js';
import { signInAddress } from './enforcement.js';

/**
 * Leads whoever came by another door to the sign-in of their organisation, which is the only one that it takes; and whoever opens what is
 * theirs in another organisation than the one that let them in, to what opens it.
 */
export const leadElsewhere =
  (show: ShowPage): ErrorRequestHandler =>
  (fault: unknown, req, res, next) => {
    if (fault instanceof NotVouchedFor) {
      const hasFactor = actorOf(req)?.hasFactor === true;
      return show(
        req,
        res,
        'people/accounts/sign-in/one-organisation',
        { hasFactor },
        { status: fault.status },
      );
    }
    if (!(fault instanceof SignInElsewhere)) return next(fault);
    const href = signInAddress(fault.organisationId);
    show(req, res, 'people/identity/required', { href }, { status: fault.status, nav: 'sign-in' });
  };
