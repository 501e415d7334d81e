import { Router } from 'express';
import type { SignIn } from '../../../people/accounts/sign-in/sign-in.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { roomArrivalPages } from './arrival/routes-arrival.js';
import { roomPages } from './inside/routes-room.js';
import { roomKeepingPages } from './keeping/routes-keeping.js';
import { roomRequestPages } from './requests/routes-requests.js';

/** Auditors' rooms: for those who keep them, and for auditors. */
export const roomRoutes = (deps: WebDeps & { readonly signIn: SignIn }): Router =>
  Router().use(
    roomKeepingPages(deps),
    roomPages(deps),
    roomRequestPages(deps),
    roomArrivalPages(deps, deps.signIn),
  );
