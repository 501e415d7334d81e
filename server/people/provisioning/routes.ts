import { Router } from 'express';
import type { WebDeps } from '../../platform/http/deps.js';
import { answering, type OnScim } from './routes-answering.js';
import { discoveryRoutes } from './routes-discovery.js';
import { groupRoutes } from './routes-scim-groups.js';
import { peopleRoutes } from './routes-scim-people.js';

/**
 * SCIM 2.0 (RFC 7643, 7644): the directory of an organisation keeps its people here, by a token, which also says whose they are.
 * There is no session and no cookie, so no other site can make anybody's browser ask anything.
 */
export function scim(deps: WebDeps): Router {
  const router = Router();
  const on: OnScim = (scope, answer) => answering(deps, scope, answer);
  peopleRoutes(router, on);
  groupRoutes(router, on);
  discoveryRoutes(router, on);
  return router;
}
