import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { signedIn } from '../../../policy.js';
import type { CertificateFacts } from '../queries.js';
import type { IssuerDeps } from '../issuer-deps.js';
import { visibleCertificate } from '../routes-load.js';
import { refuseEdited } from '../verification/verdict.js';
import { certificatePack } from './certificate-pack.js';
import { recordDownload } from './log-download.js';
import type { IssuedCertificate } from './pack-queries.js';
import { withSums } from './shared-files.js';
import { zipFiles, type PackFile } from '../../../platform/lib/zip.js';

/** The audit pack of a certificate: it proves it to somebody who has nothing else. That of an organisation is made in the background. */
export function auditRoutes(deps: IssuerDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/certificates/:id/audit-pack.zip', on(downloadCertificatePack));
  return router;
}

async function downloadCertificatePack(deps: IssuerDeps, req: Request, res: Response): Promise<void> {
  const { issuer, clock } = deps;
  const certificate = await visibleCertificate(req);
  if (!isIssued(certificate)) throw new NotFound();
  await refuseEdited(certificate, issuer, clock());
  const { id: certificateId, organisationId } = certificate;
  const by = { actorId: signedIn(actorOf(req)).id, now: clock() };
  await recordDownload({ certificateId, organisationId }, by);
  await send(res, 'certificate-audit-pack.zip', certificatePack(certificate, issuer));
}

/** Awarded, signed and entered in the ledger: before that there is nothing to prove. */
const isIssued = (certificate: CertificateFacts): certificate is IssuedCertificate =>
  certificate.credential !== null && certificate.issuedAt !== null && certificate.ledgerSeq !== null;

/** Sends the pack while it is made, no faster than it is read. A reader who goes away in the middle is not a fault. */
async function send(res: Response, name: string, files: AsyncIterable<PackFile>): Promise<void> {
  res
    .set('Content-Type', 'application/zip')
    .set('Content-Disposition', `attachment; filename="${name}"`)
    .set('Cache-Control', 'private, no-store');
  try {
    await pipeline(Readable.from(zipFiles(withSums(files))), res);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw fault;
  }
}
