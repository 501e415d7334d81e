import { Router } from 'express';
import type { WebDeps } from '../../platform/http/deps.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { administratorsOnly } from '../../platform/http/security/guards.js';
import { deleteFirstCall, FIRST_CALL, saveFirstCall, showFirstCall } from './first-call/routes-first-call.js';
import {
  chooseCard,
  listLaws,
  showCard,
  showConcern,
  showLaw,
  showOffline,
  showOfflineConcern,
} from './routes-concern.js';
import { hotlineListPages } from './own-hotlines/routes-hotline-list.js';
import { ownHotlinePages } from './own-hotlines/routes-own-hotline.js';
import {
  listHotlines,
  PUBLIC_HOTLINES,
  revertChecks,
  switchOff,
  saveCheck,
  showHotline,
} from './public-hotlines/routes-public-hotlines.js';

/** Whom to tell, the card that says what to do, and the law by country: for everybody, also without a connection. */
export function routes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/concern', on(showConcern));
  router.get('/card', on(chooseCard));
  router.get('/card/:country/:role', on(showCard));
  router.get(FIRST_CALL, on(showFirstCall));
  router.post(FIRST_CALL, on(saveFirstCall));
  router.post(`${FIRST_CALL}/removal`, on(deleteFirstCall));
  router.get('/law', on(listLaws));
  router.get('/law/:code', on(showLaw));
  // Every browser keeps a copy of these two (views/assets/worker.js), fetched without a cookie: it holds nothing of anybody.
  router.get('/offline', on(showOffline));
  router.get('/offline/concern', on(showOfflineConcern));
  return router;
}

/** Where administrators keep the public hotlines, and organisations their own. */
export function officeRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.use(PUBLIC_HOTLINES, administratorsOnly(deps.config));
  router.get(PUBLIC_HOTLINES, on(listHotlines));
  router.get(`${PUBLIC_HOTLINES}/:line`, on(showHotline));
  router.post(`${PUBLIC_HOTLINES}/:line`, on(saveCheck));
  router.post(`${PUBLIC_HOTLINES}/:line/reversal`, on(revertChecks));
  router.post(`${PUBLIC_HOTLINES}/:line/off`, on(switchOff));
  router.use(hotlineListPages(deps));
  router.use(ownHotlinePages(deps));
  return router;
}
