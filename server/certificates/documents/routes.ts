import { Router, type Request, type Response } from 'express';
import { Conflict, NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { actorOf } from '../../http/page.js';
import { authorise } from '../../policy.js';
import { findCertificate, type CertificateFacts } from '../queries.js';
import type { Issuer } from '../issuer/issuer.js';
import { paperSizeOf } from '../../organisations/certificate-settings.js';
import { verifyUrl } from '../certificate-card.js';
import { isAsSigned } from '../verification/verdict.js';

/** A certificate that is signed. */
export type Issued = CertificateFacts & { credential: string };

/**
 * The files of a certificate, for its holder and those who may see it. Each carries the same signed bytes.
 * Fonts and drawing are loaded with the first file that is drawn: they take a tenth of the memory at rest.
 */
export function fileRoutes({ config, clock }: WebDeps, issuer: Issuer): Router {
  const router = Router();

  router.get('/certificates/:id/credential.json', async (req, res) => {
    sendCredential(res, await issued(req));
  });

  router.get('/certificates/:id/certificate.pdf', async (req, res) => {
    await sendPdf(res, await issued(req), { config, size: req.query['size'] });
  });

  router.get('/certificates/:id/badge.png', async (req, res) => {
    const { credential } = await issued(req);
    const { badgePng } = await import('./badge/badge.js');
    send(res, 'badge.png', 'image/png', badgePng({ credential, named: named(req) }));
  });

  router.get('/certificates/:id/badge.svg', async (req, res) => {
    const { credential } = await issued(req);
    const { badgeSvg } = await import('./badge/badge.js');
    send(res, 'badge.svg', 'image/svg+xml; charset=utf-8', badgeSvg({ credential, named: named(req) }));
  });

  // Addresses of earlier days, kept in bookmarks and mails.
  for (const [ending, file] of Object.entries({ pdf: 'certificate.pdf', json: 'credential.json' })) {
    router.get(`/certificates/:id.${ending}`, async (req, res) => {
      const { id } = await issued(req);
      res.redirect(301, `/certificates/${id}/${file}`);
    });
  }

  /** The files exist once the certificate is signed. */
  async function issued(req: Request): Promise<Issued> {
    const certificate = await findCertificate(req.params['id']);
    authorise(actorOf(req), 'certificate.view', certificate);
    if (!certificate || certificate.credential === null) throw new NotFound();
    await refuseEdited(certificate, issuer, clock());
    return { ...certificate, credential: certificate.credential };
  }

  return router;
}

/** The very text that was signed, of the type that wallets open. */
export const sendCredential = (res: Response, { credential }: Issued): void =>
  send(res, 'certificate.json', 'application/vc+ld+json; charset=utf-8', credential);

/** The certificate on paper: as `size` of an address names it, or as the organisation prints. */
export async function sendPdf(
  res: Response,
  { credential, code, ledgerHead, facts, organisationId }: Issued,
  { config, size }: { config: WebDeps['config']; size: unknown },
): Promise<void> {
  const [{ drawCertificate }, { paperSizeFrom }] = await Promise.all([
    import('./pdf/certificate.js'),
    import('./pdf/paper.js'),
  ]);
  const pdf = await drawCertificate({
    credential,
    code,
    ledgerHead,
    codeUrl: verifyUrl(config.baseUrl, code),
    checkUrl: `${config.baseUrl}/verify`,
    timeZone: facts.timeZone ?? config.timeZone,
    size: paperSizeFrom(size, await paperSizeOf(organisationId)),
  });
  send(res, 'certificate.pdf', 'application/pdf', pdf);
}

/** Nothing is made of what somebody edited: no paper, no badge, no pack. Throws Conflict. */
export async function refuseEdited(
  certificate: CertificateFacts,
  issuer: Issuer,
  now: number,
): Promise<void> {
  if (!(await isAsSigned(certificate, issuer, now)))
    throw new Conflict('This certificate is not stored as it was signed: run verify-ledger');
}

const named = (req: Request): boolean => req.query['name'] === 'shown';

/** Saved under a name that tells nothing of the holder, and kept by no cache. */
function send(res: Response, name: string, type: string, body: Buffer | string): void {
  res
    .set('Content-Type', type)
    .set('Content-Disposition', `attachment; filename="${name}"`)
    .set('Cache-Control', 'private, no-store')
    .end(body);
}
