import { Router } from 'express';
import type { WebDeps } from '../http/deps.js';
import type { Issuer } from './issuer.js';
import { achievementRoutes } from './routes-achievements.js';
import { auditRoutes } from './routes-audit.js';
import { fileRoutes } from './routes-files.js';
import { issuerRoutes } from './routes-issuer.js';
import { holdingRoutes } from './routes-holding.js';
import { nameRequestRoutes } from './routes-name-requests.js';
import { nameRoutes } from './routes-name.js';
import { reminderRoutes } from './routes-reminders.js';
import { offlineRoutes } from './routes-offline.js';
import { rulingRoutes } from './routes-rulings.js';
import { sharedRoutes } from './routes-shared.js';
import { showingRoutes } from './routes-showing.js';
import { verifyRoutes } from './routes-verify.js';
import { walletRoutes } from './routes-wallet.js';

/** Certificates: the holder's own, what strangers check, what machines read. */
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

  return router;
}
