import { Router } from 'express';
import type { WebDeps } from '../http/deps.js';
import type { Issuer } from './issuer/issuer.js';
import { achievementRoutes } from './issuer/routes-achievements.js';
import { auditRoutes } from './audit-pack/routes.js';
import { fileRoutes } from './documents/routes.js';
import { issuerRoutes } from './issuer/routes-machine.js';
import { holdingRoutes } from './holder/routes-sharing.js';
import { nameRequestRoutes } from './holder/routes-name-corrections.js';
import { nameRoutes } from './holder/routes-name.js';
import { reminderRoutes } from './renewal/routes.js';
import { offlineRoutes } from './verification/routes-offline.js';
import { rulingRoutes } from './lifecycle/routes.js';
import { sharedRoutes } from './holder/routes-shared.js';
import { showingRoutes } from './holder/routes-organisation-settings.js';
import { verifyRoutes } from './verification/routes.js';
import { walletRoutes } from './holder/routes.js';
import { keyPages } from './issuer/routes-keys.js';

/** Certificates: the holder's own, what strangers check, what machines read, the keys that sign them. */
export function routes(deps: WebDeps, issuer: Issuer): Router {
  const router = Router();

  router.use(fileRoutes(deps, issuer));
  router.use(auditRoutes(deps, issuer));
  router.use(issuerRoutes(deps, issuer));
  router.use(achievementRoutes(deps, issuer));
  // Before the numbers of certificates, which are looked up under the same address.
  router.use(offlineRoutes(deps));
  router.use(verifyRoutes(deps, issuer));
  router.use(rulingRoutes(deps));
  router.use(nameRoutes(deps));
  router.use(nameRequestRoutes(deps));
  router.use(holdingRoutes(deps));
  router.use(showingRoutes(deps));
  router.use(sharedRoutes(deps, issuer));
  router.use(reminderRoutes(deps));
  router.use(walletRoutes(deps));
  router.use(keyPages(deps));

  return router;
}
