import { Router } from 'express';
import type { WebDeps } from '../http/deps.js';
import { accountPage } from './routes-account.js';
import { signingIn } from './routes-sign-in.js';
import { signingUp } from './routes-sign-up.js';
import { textPages } from './routes-text-pages.js';
import type { createSignIn } from './sign-in.js';

/** Where people become known: they need the cookie that only a site which is set up correctly can give. */
export const SIGN_IN_PAGES = [
  '/sign-in',
  '/sign-up',
  '/confirm',
  '/forgotten',
  '/new-password',
  '/first-administrator',
] as const;

/** Everything about who one is: signing up, signing in and out, a forgotten password, one's own account, and what this site does with it. */
export function routes(deps: WebDeps, signIn: ReturnType<typeof createSignIn>): Router {
  const router = Router();
  router.use(signingUp(deps, signIn));
  router.use(signingIn(deps, signIn));
  router.use(accountPage(deps));
  router.use(textPages(deps));
  return router;
}
