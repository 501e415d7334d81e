import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import { handlersWith, type Handler } from '../../../platform/http/handlers.js';
import { paperSizeOf } from '../../../people/organisations/certificate-settings.js';
import type { CertificateFacts } from '../queries.js';
import type { IssuerDeps } from '../issuer-deps.js';
import { visibleCertificate } from '../routes-load.js';
import { refuseEdited } from '../verification/verdict.js';
import { certificateOrder } from './certificate-order.js';
import { paperSizeFrom } from './pdf/paper.js';

/** A certificate that is signed. */
type Signed = CertificateFacts & { credential: string };

/** The files of a certificate, for its holder and those who may see it. Each contains the same signed bytes. */
export function fileRoutes(deps: IssuerDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/certificates/:id/credential.json', on(downloadCredential));
  router.get('/certificates/:id/certificate.pdf', on(downloadPdf));
  router.get('/certificates/:id/badge.png', on(downloadPngBadge));
  router.get('/certificates/:id/badge.svg', on(downloadSvgBadge));
  // Former addresses, which bookmarks and mails still contain.
  router.get('/certificates/:id.pdf', on(movedTo('certificate.pdf')));
  router.get('/certificates/:id.json', on(movedTo('credential.json')));
  return router;
}

async function downloadCredential(deps: IssuerDeps, req: Request, res: Response): Promise<void> {
  sendCredential(res, await loadSigned(deps, req));
}

async function downloadPdf(deps: IssuerDeps, req: Request, res: Response): Promise<void> {
  await sendPdf(res, await loadSigned(deps, req), { ...deps, size: req.query['size'] });
}

async function downloadPngBadge(deps: IssuerDeps, req: Request, res: Response): Promise<void> {
  send(res, 'badge.png', 'image/png', await badge(deps, req, 'badge.png'));
}

async function downloadSvgBadge(deps: IssuerDeps, req: Request, res: Response): Promise<void> {
  send(res, 'badge.svg', 'image/svg+xml; charset=utf-8', await badge(deps, req, 'badge.svg'));
}

async function badge(deps: IssuerDeps, req: Request, kind: 'badge.png' | 'badge.svg'): Promise<Buffer> {
  const certificate = await loadSigned(deps, req);
  const { credential } = certificate;
  return deps.papers.of(certificate, { kind, facts: { credential, named: showsName(req) } });
}

const movedTo =
  (file: string): Handler<IssuerDeps> =>
  async (deps, req, res) => {
    const { id } = await loadSigned(deps, req);
    res.redirect(301, `/certificates/${id}/${file}`);
  };

/** The files exist once the certificate is signed. */
async function loadSigned({ issuer, clock }: IssuerDeps, req: Request): Promise<Signed> {
  const certificate = await visibleCertificate(req);
  const { credential } = certificate;
  if (credential === null) throw new NotFound();
  await refuseEdited(certificate, issuer, clock());
  return { ...certificate, credential };
}

/** Sends the exact text that was signed, with the type that wallets open. */
export const sendCredential = (res: Response, { credential }: Signed): void =>
  send(res, 'certificate.json', 'application/vc+ld+json; charset=utf-8', credential);

/** Sends the certificate on paper, of the size that the address asks for (`size`) or that the organisation prints on. */
export async function sendPdf(
  res: Response,
  certificate: Signed,
  { papers, config, size }: Pick<IssuerDeps, 'papers' | 'config'> & { size: unknown },
): Promise<void> {
  const onPaper = paperSizeFrom(size, await paperSizeOf(certificate.organisationId));
  const pdf = await papers.of(certificate, certificateOrder(certificate, config, onPaper));
  send(res, 'certificate.pdf', 'application/pdf', pdf);
}

const showsName = (req: Request): boolean => req.query['name'] === 'shown';

/** Sends a file whose name says nothing about the holder, and which no cache stores. */
function send(res: Response, name: string, type: string, body: Buffer | string): void {
  res
    .set('Content-Type', type)
    .set('Content-Disposition', `attachment; filename="${name}"`)
    .set('Cache-Control', 'private, no-store')
    .end(body);
}
