import type { ErrorRequestHandler } from 'express';
import { SignInElsewhere } from '../errors.js';
import type { ShowPage } from '../http/page.js';
import { signInAddress } from './enforcement.js';

/** Leads whoever came by another door to the sign-in of their organisation, which is the only one that it takes. */
export const leadElsewhere =
  (show: ShowPage): ErrorRequestHandler =>
  (fault: unknown, req, res, next) => {
    if (!(fault instanceof SignInElsewhere)) return next(fault);
    const href = signInAddress(fault.organisationId);
    show(req, res, 'identity/required', { href }, { status: fault.status, nav: 'sign-in' });
  };
