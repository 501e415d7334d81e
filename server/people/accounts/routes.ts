import { Router } from 'express';
import type { WebDeps } from '../../platform/http/deps.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { activityPages } from './activity/routes-activity.js';
import { changeAddress, changeName, chooseDiscreet, replacePassword, showAccount } from './routes-account.js';
import {
  confirmOwnAddress,
  keepOldAddress,
  showNewAddress,
  showOldAddress,
  showOldAddressKept,
  stopAddressChange,
} from './new-address/routes-new-address.js';
import { factorPages } from './factors/routes-factors.js';
import { proofPages } from './proof/routes-proof.js';
import { becomeFirstAdministrator, showFirstAdministrator } from './sign-up/routes-first-administrator.js';
import {
  askForReset,
  setNewPassword,
  showForgotten,
  showForgottenSent,
  showNewPassword,
} from './sign-up/routes-new-password.js';
import {
  arrive,
  askForSignInLink,
  showArrival,
  showSignInLink,
  showSignInLinkSent,
} from './sign-in/routes-sign-in-link.js';
import { mergeObjectionPages } from './sign-in/routes-merge-objection.js';
import { passkeySignIn } from './sign-in/routes-passkey.js';
import { secondStepPages } from './sign-in/routes-second-step.js';
import { enter, exit, leave, showSignIn } from './sign-in/routes-sign-in.js';
import { confirm, register, showConfirmation, showSignUp, showSignUpSent } from './sign-up/routes-sign-up.js';
import { textPages } from './routes-text-pages.js';
import type { SignIn } from './sign-in/sign-in.js';

/** Pages for signing in and up. They need a cookie that a browser accepts only where the site is set up correctly. */
export const SIGN_IN_PAGES = [
  '/sign-in',
  '/sign-up',
  '/confirm',
  '/forgotten',
  '/new-password',
  '/arrival',
  '/new-address',
  '/first-administrator',
  '/join',
] as const;

/** Signing up, in and out, a forgotten password, a person's own account, and pages about this site. */
export function routes(deps: WebDeps, signIn: SignIn): Router {
  const router = Router();
  const on = handlersWith({ ...deps, ...signIn });
  router.get('/sign-up', on(showSignUp));
  router.post('/sign-up', on(register));
  router.get('/sign-up/sent', on(showSignUpSent));
  router.get('/confirm', on(showConfirmation));
  router.post('/confirm', on(confirm));
  router.get('/forgotten', on(showForgotten));
  router.post('/forgotten', on(askForReset));
  router.get('/forgotten/sent', on(showForgottenSent));
  router.get('/new-password', on(showNewPassword));
  router.post('/new-password', on(setNewPassword));
  router.get('/first-administrator', on(showFirstAdministrator));
  router.post('/first-administrator', on(becomeFirstAdministrator));
  router.get('/sign-in', on(showSignIn));
  router.post('/sign-in', on(enter));
  router.get('/sign-in/link', on(showSignInLink));
  router.post('/sign-in/link', on(askForSignInLink));
  router.get('/sign-in/link/sent', on(showSignInLinkSent));
  router.get('/arrival', on(showArrival));
  router.post('/arrival', on(arrive));
  router.post('/sign-out', on(leave));
  router.post('/exit', on(exit));
  router.get('/account', on(showAccount));
  router.post('/account/name', on(changeName));
  router.post('/account/address', on(changeAddress));
  router.post('/account/address/withdrawal', on(stopAddressChange));
  router.get('/new-address', on(showNewAddress));
  router.post('/new-address', on(confirmOwnAddress));
  router.get('/old-address', on(showOldAddress));
  router.post('/old-address', on(keepOldAddress));
  router.get('/old-address/kept', on(showOldAddressKept));
  router.post('/account/password', on(replacePassword));
  router.post('/account/discreet', on(chooseDiscreet));
  router.use(proofPages(deps));
  router.use(factorPages(deps));
  router.use(secondStepPages(deps, signIn));
  router.use(passkeySignIn(deps, signIn));
  router.use(activityPages(deps));
  router.use(mergeObjectionPages(deps));
  router.use(textPages(deps));
  return router;
}
