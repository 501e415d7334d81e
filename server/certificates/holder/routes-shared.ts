import { accountLimits } from '../../accounts/account-limits.js';
import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../http/deps.js';
import { networkOf } from '../../http/security/network.js';
import { formatDate } from '../../i18n/i18n.js';
import { hereIn, spoken } from '../../i18n/spoken.js';
import { displayCode } from '../../lib/ids.js';
import type { Issuer } from '../issuer/issuer.js';
import { refuseEdited, sendCredential, sendPdf } from '../documents/routes.js';
import { sharedCertificate } from './share-links.js';
import { lastDayInWords, stateReasonInWords, subjectRows } from '../certificate-card.js';
import type { SignedFacts } from '../../open-badges/signed-facts.js';
import { shownFacts, verdictOn } from '../verification/verdict.js';

/**
 * The whole record of a certificate, for whoever holds a link from its holder, until the link's last day. No sign-in;
 * no cache keeps it and no search engine lists it. A link that is closed, too old or made up gets one calm answer.
 */
export function sharedRoutes({ show, clock, config, limits: counts }: WebDeps, issuer: Issuer): Router {
  const router = Router();
  const t = spoken;
  const place = hereIn(config.timeZone);

  router.get('/shared/:token', async (req, res) => {
    const found = await open(req, res);
    if (!found) return nothing(req, res);
    const { certificate, expiresAt } = found;
    const verdict = await verdictOn(certificate, issuer, clock());
    const signed = shownFacts(certificate, verdict);
    const number = { label: t('verify.number'), value: displayCode(certificate.code), code: true };
    const values = {
      verdict,
      reason: stateReasonInWords(certificate, t),
      holder: signed?.name ?? null,
      facts: [...(signed ? signedRows(signed) : []), number],
      results: signed?.results ?? [],
      until: formatDate(expiresAt, place),
      files: `/shared/${String(req.params['token'])}`,
      checkHref: `/verify/${displayCode(certificate.code)}`,
      noindex: true,
    };
    show(req, res, 'certificates/holder/shared', values);
  });

  router.get('/shared/:token/credential.json', async (req, res) => {
    const found = await open(req, res);
    if (!found) return nothing(req, res);
    await refuseEdited(found.certificate, issuer, clock());
    sendCredential(res, found.certificate);
  });

  router.get('/shared/:token/certificate.pdf', async (req, res) => {
    const found = await open(req, res);
    if (!found) return nothing(req, res);
    await refuseEdited(found.certificate, issuer, clock());
    await sendPdf(res, found.certificate, { config, size: req.query['size'] });
  });

  function signedRows(signed: SignedFacts) {
    const about = subjectRows(signed.course, t);
    return [
      { label: t('verify.course'), value: signed.course.title },
      ...about.subject,
      ...about.assessed,
      { label: t('verify.issuedBy'), value: signed.issuer.name },
      { label: t('components.awarded'), value: formatDate(signed.awardedAt, place) },
      { label: t('components.validUntil'), value: lastDayInWords(signed, place, t) },
      { label: t('verify.meaningLabel'), value: signed.narrative },
    ];
  }

  async function open(req: Request, res: Response) {
    res.set('X-Robots-Tag', 'noindex');
    const found = await sharedCertificate(String(req.params['token']), clock());
    if (!found) await counts.consume(accountLimits.linkByAddress, networkOf(req.ip), clock());
    return found;
  }

  const nothing = (req: Request, res: Response): void =>
    show(req, res, 'certificates/holder/no-link', { kind: 'shared', noindex: true }, { status: 404 });

  return router;
}
