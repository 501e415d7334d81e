import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../http/deps.js';
import { networkOf } from '../http/network.js';
import { limits } from '../http/rate-limits.js';
import { formatDate } from '../i18n/i18n.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import { displayCode } from '../lib/ids.js';
import type { Issuer } from './issuer.js';
import { sendCredential, sendPdf } from './routes-files.js';
import { certificateBehind } from './sharing.js';
import { endInWords, reasonOf, subjectRows } from './texts.js';
import { verdictOn } from './verifying.js';

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
    const { facts, awardedAt, code } = certificate;
    const verdict = await verdictOn(certificate, issuer, clock());
    const about = subjectRows(facts.course, t);
    const values = {
      verdict,
      reason: reasonOf(certificate, t),
      holder: facts.name,
      facts: [
        { label: t('verify.course'), value: facts.course.title },
        ...about.subject,
        ...about.assessed,
        { label: t('verify.issuedBy'), value: facts.organisationName },
        { label: t('components.awarded'), value: formatDate(awardedAt, place) },
        { label: t('components.validUntil'), value: endInWords(certificate, place, t) },
        { label: t('verify.number'), value: displayCode(code), code: true },
      ],
      results: facts.modules.map(({ title, percent, requiredPercent }) => ({
        title,
        percent,
        requiredPercent,
      })),
      until: formatDate(expiresAt, place),
      files: `/shared/${String(req.params['token'])}`,
      checkHref: `/verify/${displayCode(code)}`,
      noindex: true,
    };
    show(req, res, 'certificates/shared', values);
  });

  router.get('/shared/:token/credential.json', async (req, res) => {
    const found = await open(req, res);
    if (!found) return nothing(req, res);
    sendCredential(res, found.certificate);
  });

  router.get('/shared/:token/certificate.pdf', async (req, res) => {
    const found = await open(req, res);
    if (!found) return nothing(req, res);
    await sendPdf(res, found.certificate, { config, size: req.query['size'] });
  });

  async function open(req: Request, res: Response) {
    res.set('X-Robots-Tag', 'noindex');
    const found = await certificateBehind(String(req.params['token']), clock());
    if (!found) await counts.consume(limits.linkByAddress, networkOf(req.ip), clock());
    return found;
  }

  const nothing = (req: Request, res: Response): void =>
    show(req, res, 'certificates/no-link', { kind: 'shared', noindex: true }, { status: 404 });

  return router;
}
