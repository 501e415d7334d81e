import { Router } from 'express';
import type { WebDeps } from '../http/deps.js';
import { concernPages } from './routes-concern.js';
import { offline } from './routes-offline.js';
import { ownLinePages } from './routes-own-line.js';
import { publicLinePages } from './routes-public-lines.js';

/** Whom to tell and what to do: for everybody, also without a connection. */
export function routes(deps: WebDeps): Router {
  const router = Router();
  router.use(concernPages(deps));
  router.use(offline(deps));
  return router;
}

/** Where administrators keep hotlines and the organisation's own line. */
export function officeRoutes(deps: WebDeps): Router {
  const router = Router();
  router.use(ownLinePages(deps));
  router.use(publicLinePages(deps));
  return router;
}
