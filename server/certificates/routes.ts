import { Router } from 'express';
import { z } from 'zod';
import { NotFound } from '../errors.js';
import { parseForm, typed } from '../http/forms.js';
import type { WebDeps } from '../http/deps.js';
import { actorOf } from '../http/page.js';
import { spoken } from '../i18n/spoken.js';
import { authorise, can, signedIn } from '../policy.js';
import { findCertificate } from './finding.js';
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
import { REASONS, revoke } from './revoking.js';

const revocationForm = z.object({
  reason: z.enum(REASONS, 'errors.reason'),
  note: z.string('errors.note').trim().max(500, 'errors.note').optional(),
});

/** Certificates: the holder's own, what strangers check, what machines read. */
export function routes(deps: WebDeps, issuer: Issuer): Router {
  const { clock, config, settle } = deps;
  const router = Router();
  const t = spoken;

  router.use(fileRoutes(deps));
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

  router.post('/certificates/:id/revocation', async (req, res) => {
    const certificate = await findCertificate(req.params.id);
    const actor = signedIn(actorOf(req));
    authorise(actor, 'certificate.revoke', certificate);
    if (!certificate) throw new NotFound();
    const back = can(actor, 'installation.administer', config)
      ? `/admin/certificates/${certificate.id}`
      : `/certificates/${certificate.id}`;
    const form = parseForm(revocationForm, req.body, t);
    if (!form.ok) {
      const query = new URLSearchParams({
        problem: Object.keys(form.errors)[0] ?? 'reason',
        note: typed(req.body, 'note'),
      });
      return res.redirect(303, `${back}?${query.toString()}`);
    }
    const why = { reason: form.value.reason, note: form.value.note || null };
    await revoke(certificate, why, { actorId: actor.id, now: clock() });
    await settle();
    res.redirect(303, back);
  });

  return router;
}
