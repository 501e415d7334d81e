import { Router, type Request, type Response } from 'express';
import { accountLimits } from '../../../people/accounts/account-limits.js';
import { NotFound } from '../../../errors.js';
import { handlersWith, type Handler } from '../../../platform/http/handlers.js';
import { networkOf } from '../../../platform/http/security/network.js';
import { hereIn } from '../../../platform/i18n/spoken.js';
import { sendCredential, sendPdf } from '../documents/routes.js';
import type { IssuerDeps } from '../issuer-deps.js';
import { isErasedVerdict, refuseEdited, verdictOn } from '../verification/verdict.js';
import { sharedCertificate, type SharedCertificate } from './share-links.js';
import { sharedValues } from './shared-page.js';

/**
 * The whole record of a certificate, for whoever has a link from its holder, until the link's last day. No sign-in; no
 * cache stores it and no search engine lists it. A link that is closed, expired or made up gets the same calm answer.
 */
export function sharedRoutes(deps: IssuerDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/shared/:token', on(behindLink(showShared)));
  router.get('/shared/:token/credential.json', on(behindLink(downloadCredential)));
  router.get('/shared/:token/certificate.pdf', on(behindLink(downloadPdf)));
  return router;
}

async function showShared(
  deps: IssuerDeps,
  req: Request,
  res: Response,
  found: SharedCertificate,
): Promise<void> {
  const { show, issuer, config, clock } = deps;
  const verdict = await verdictOn(found.certificate, issuer, clock());
  if (isErasedVerdict(verdict)) throw new NotFound();
  const href = `/shared/${String(req.params['token'])}`;
  const values = sharedValues(found, { verdict, href, place: hereIn(config.timeZone) });
  show(req, res, 'proof/certificates/holder/shared', values);
}

async function downloadCredential(
  { issuer, clock }: IssuerDeps,
  _req: Request,
  res: Response,
  { certificate }: SharedCertificate,
): Promise<void> {
  await refuseEdited(certificate, issuer, clock());
  sendCredential(res, certificate);
}

async function downloadPdf(
  deps: IssuerDeps,
  req: Request,
  res: Response,
  { certificate }: SharedCertificate,
): Promise<void> {
  await refuseEdited(certificate, deps.issuer, deps.clock());
  await sendPdf(res, certificate, { ...deps, size: req.query['size'] });
}

type Answer = (deps: IssuerDeps, req: Request, res: Response, found: SharedCertificate) => Promise<void>;

/** Answers with what an open link shows. Other tokens are counted, so that nobody can guess without end. */
const behindLink =
  (answer: Answer): Handler<IssuerDeps> =>
  async (deps, req, res) => {
    const { show, limits: counts, clock } = deps;
    res.set('X-Robots-Tag', 'noindex');
    const found = await sharedCertificate(String(req.params['token']), clock());
    if (found) return answer(deps, req, res, found);
    await counts.consume(accountLimits.linkByAddress, networkOf(req.ip), clock());
    show(req, res, 'proof/certificates/holder/no-link', { kind: 'shared', noindex: true }, { status: 404 });
  };
