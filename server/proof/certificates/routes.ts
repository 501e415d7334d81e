import { Router } from 'express';
import { auditRoutes } from './audit-pack/routes.js';
import { elsewhereRoutes } from './elsewhere/routes-elsewhere.js';
import { fileRoutes } from './documents/routes.js';
import { holderPages } from './holder/routes.js';
import { nameRoutes } from './holder/routes-name.js';
import { nameRequestRoutes } from './holder/routes-name-corrections.js';
import { certificateSettingRoutes } from './holder/routes-certificate-settings.js';
import { sharedRoutes } from './holder/routes-shared.js';
import { holdingRoutes } from './holder/routes-sharing.js';
import { achievementRoutes } from './issuer/routes-achievements.js';
import { keyRoutes } from './issuer/routes-keys.js';
import { issuerRoutes } from './issuer/routes-machine.js';
import { stateChangeRoutes } from './lifecycle/routes.js';
import { reminderRoutes } from './renewal/routes.js';
import type { IssuerDeps } from './issuer-deps.js';
import { statementPapers } from './statements/routes-statement-papers.js';
import { verifyRoutes } from './verification/routes.js';
import { offlineRoutes } from './verification/routes-offline.js';

/** Certificates: the pages of their holders, the checks of strangers, the files for machines, and the signing keys. */
export function routes(deps: IssuerDeps): Router {
  const router = Router();

  router.use(fileRoutes(deps));
  router.use(statementPapers(deps));
  router.use(auditRoutes(deps));
  router.use(issuerRoutes(deps));
  router.use(achievementRoutes(deps));
  // Before the numbers of certificates, which are looked up under the same address.
  router.use(offlineRoutes(deps));
  router.use(verifyRoutes(deps));
  router.use(stateChangeRoutes(deps));
  router.use(nameRoutes(deps));
  router.use(nameRequestRoutes(deps));
  router.use(holdingRoutes(deps));
  router.use(certificateSettingRoutes(deps));
  router.use(sharedRoutes(deps));
  router.use(reminderRoutes(deps));
  // Before the ids of certificates, which are looked up under the same address.
  router.use(elsewhereRoutes(deps));
  router.use(holderPages(deps));
  router.use(keyRoutes(deps));

  return router;
}
