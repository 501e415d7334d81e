import type { Request } from 'express';
import { NotFound } from '../../errors.js';
import { actorOf } from '../../platform/http/page.js';
import { placed, type WithUnits } from '../../people/organisations/reach.js';
import { authorise, signedIn } from '../../policy.js';
import { findCertificate, type CertificateFacts } from './queries.js';

/** The certificate that an address names, for its holder and those who look after it. Throws otherwise. */
export async function visibleCertificate(req: Request): Promise<WithUnits<CertificateFacts>> {
  const actor = signedIn(actorOf(req));
  const certificate = await placed(actor, await findCertificate(req.params['id']));
  authorise(actor, 'certificate.view', certificate);
  if (!certificate) throw new NotFound();
  return certificate;
}

/** The certificate that an address names, once it is issued, for its holder alone. Throws otherwise. */
export async function heldCertificate(req: Request): Promise<CertificateFacts> {
  const certificate = await findCertificate(req.params['id']);
  authorise(actorOf(req), 'certificate.hold', certificate);
  if (!certificate || certificate.issuedAt === null) throw new NotFound();
  return certificate;
}
