import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type Response } from 'express';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { actorOf } from '../../http/page.js';
import { isId } from '../../lib/ids.js';
import { findOrganisation } from '../../organisations/memberships.js';
import { authorise, signedIn } from '../../policy.js';
import { certificatePack } from './certificate-pack.js';
import { checkPackable, organisationPack } from './organisation-pack.js';
import { withSums } from './shared-files.js';
import type { IssuedCertificate } from './queries.js';
import { recordDownload } from './log-download.js';
import { zipFiles, type PackFile } from './zip.js';
import { findCertificate, type CertificateFacts } from '../queries.js';
import type { Issuer } from '../issuer/issuer.js';
import { refuseEdited } from '../documents/routes.js';

/** Audit packs: what proves a certificate, or all of an organisation, to somebody who has nothing else. */
export function auditRoutes({ clock }: WebDeps, issuer: Issuer): Router {
  const router = Router();

  router.get('/certificates/:id/audit-pack.zip', async (req, res) => {
    const certificate = await findCertificate(req.params.id);
    authorise(actorOf(req), 'certificate.view', certificate);
    if (!certificate || !isIssued(certificate)) throw new NotFound();
    await refuseEdited(certificate, issuer, clock());
    const { id: certificateId, organisationId } = certificate;
    await recordDownload(
      { certificateId, organisationId },
      { actorId: signedIn(actorOf(req)).id, now: clock() },
    );
    await send(res, 'certificate-audit-pack.zip', certificatePack(certificate, issuer));
  });

  router.get('/organisations/:id/audit-pack.zip', async (req, res) => {
    const actor = signedIn(actorOf(req));
    const organisation = isId(req.params.id) ? await findOrganisation(req.params.id) : null;
    authorise(actor, 'organisation.audit', organisation && { organisationId: organisation.id });
    if (!organisation) throw new NotFound();
    await checkPackable(organisation.id);
    await recordDownload(
      { certificateId: null, organisationId: organisation.id },
      { actorId: actor.id, now: clock() },
    );
    await send(res, 'organisation-audit-pack.zip', organisationPack(organisation, issuer));
  });

  return router;
}

/** Awarded, signed and entered in the ledger: before that there is nothing to prove. */
const isIssued = (certificate: CertificateFacts): certificate is IssuedCertificate =>
  certificate.credential !== null && certificate.issuedAt !== null && certificate.ledgerSeq !== null;

/** Sent while it is made, no faster than it is read. Whoever goes away in the middle is no fault of ours. */
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
