import { Router, type Request } from 'express';
import { z } from 'zod';
import { NotFound } from '../errors.js';
import { parseForm, typed } from '../http/forms.js';
import type { WebDeps } from '../http/deps.js';
import { actorOf } from '../http/page.js';
import { translator } from '../i18n/i18n.js';
import { authorise, can, signedIn } from '../policy.js';
import { certificatesOf, findCertificate, type CertificateFacts } from './finding.js';
import type { Issuer } from './issuer.js';
import { issuerRoutes } from './routes-issuer.js';
import { verifyRoutes } from './routes-verify.js';
import { REASONS, revoke } from './revoking.js';
import { cardOf, verifyUrl } from './texts.js';
import { standing } from './validity.js';

const revocationForm = z.object({
  reason: z.enum(REASONS, 'errors.reason'),
  note: z.string('errors.note').trim().max(500, 'errors.note').optional(),
});

/** Certificates: the holder's own, what strangers check, what machines read. */
export function routes(deps: WebDeps, issuer: Issuer): Router {
  const { show, clock, config, settle } = deps;
  const router = Router();
  const t = translator('en');
  const place = { locale: 'en', timeZone: config.timeZone };
  const card = (certificate: CertificateFacts) => cardOf(certificate, { baseUrl: config.baseUrl, place, t });

  router.use(issuerRoutes(deps, issuer));
  router.use(verifyRoutes(deps, issuer));

  router.get('/certificates', async (req, res) => {
    const actor = signedIn(actorOf(req));
    const certificates = (await certificatesOf(actor.id)).map(certificate => ({
      ...card(certificate),
      title: certificate.facts.course.title,
      state: standing(certificate, clock()),
    }));
    show(req, res, 'certificates/wallet', { certificates }, { nav: 'certificates' });
  });

  router.get('/certificates/:id.pdf', async (req, res) => {
    const certificate = await issued(req);
    // Loaded with the first certificate that is drawn: fonts and drawing take a tenth of the memory at rest.
    const { drawCertificate } = await import('./pdf/certificate.js');
    const pdf = await drawCertificate({
      ...certificate.facts,
      timeZone: config.timeZone,
      code: certificate.code,
      codeUrl: verifyUrl(config.baseUrl, certificate.code),
      checkUrl: `${config.baseUrl}/verify`,
      issuerDid: issuer.did,
      publicKeyMultibase: certificate.keyId ?? issuer.keyId,
      credential: Buffer.from(certificate.credential),
    });
    download(res, 'certificate.pdf', 'application/pdf').end(pdf);
  });

  router.get('/certificates/:id.json', async (req, res) => {
    const certificate = await issued(req);
    download(res, 'certificate.json', 'application/vc+ld+json; charset=utf-8').end(certificate.credential);
  });

  router.get('/certificates/:id', async (req, res) => {
    const certificate = await visible(req);
    const shown = card(certificate);
    const values = {
      certificate: {
        ...shown,
        state: standing(certificate, clock()),
        reason: certificate.revocationReason && t(`reason.${certificate.revocationReason}`),
      },
      qr: shown.qr,
      maskedName: shown.maskedName,
      pdfHref: shown.pdfHref,
      jsonHref: `${shown.href}.json`,
    };
    show(req, res, 'certificates/certificate', values, { nav: 'certificates' });
  });

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

  async function visible(req: Request): Promise<CertificateFacts> {
    const certificate = await findCertificate(req.params.id);
    authorise(actorOf(req), 'certificate.view', certificate);
    if (!certificate) throw new NotFound();
    return certificate;
  }

  /** The files exist once the certificate is signed. */
  async function issued(req: Request): Promise<CertificateFacts & { credential: string }> {
    const certificate = await visible(req);
    if (certificate.credential === null) throw new NotFound();
    return { ...certificate, credential: certificate.credential };
  }

  const download = (res: Parameters<typeof show>[1], name: string, type: string) =>
    res
      .set('Content-Type', type)
      .set('Content-Disposition', `attachment; filename="${name}"`)
      .set('Cache-Control', 'no-store');

  return router;
}
