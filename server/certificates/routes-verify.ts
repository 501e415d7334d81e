import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../http/deps.js';
import { typed } from '../http/forms.js';
import { limits } from '../http/rate-limits.js';
import { formatDate, formatTime, translator } from '../i18n/i18n.js';
import { displayCode, normaliseCode } from '../lib/ids.js';
import { certificateByCode, type CertificateFacts } from './finding.js';
import type { Issuer } from './issuer.js';
import { endInWords } from './texts.js';
import { maskName, sameName, verdictOn, type PublicVerdict } from './verifying.js';

/** What a stranger asks: is this certificate good? No sign-in; nothing about them is kept. */
export function verifyRoutes({ show, clock, config, limits: counts }: WebDeps, issuer: Issuer): Router {
  const router = Router();
  const t = translator('en');
  const place = { locale: 'en', timeZone: config.timeZone };

  router.get('/verify', (req, res) => {
    if (!('code' in req.query))
      return show(req, res, 'certificates/check', { values: {}, errors: {} }, { nav: 'verify' });
    const code = normaliseCode(req.query.code);
    if (code) return res.redirect(303, `/verify/${displayCode(code)}`);
    const values = { values: { code: typed(req.query, 'code') }, errors: { code: t('errors.code') } };
    show(req, res, 'certificates/check', values, { status: 422, nav: 'verify' });
  });

  router.get('/verify/:code', async (req, res) => {
    await counts.consume(limits.verifyByAddress, req.ip ?? '', clock());
    const certificate = await lookUp(req);
    if (req.accepts(['html', 'json']) === 'json') return answerMachine(res, certificate);
    await answerPerson(req, res, certificate, null);
  });

  router.post('/verify/:code', async (req, res) => {
    await counts.consume(limits.verifyByAddress, req.ip ?? '', clock());
    const certificate = await lookUp(req);
    if (certificate) await counts.consume(limits.nameCheckByCertificate, certificate.id, clock());
    await answerPerson(req, res, certificate, typed(req.body, 'name'));
  });

  /** A certificate that is not signed yet does not exist for strangers. */
  async function lookUp(req: Request): Promise<CertificateFacts | null> {
    const code = normaliseCode(req.params.code);
    const found = code && (await certificateByCode(code));
    return found && found.issuedAt !== null ? found : null;
  }

  async function answerPerson(
    req: Request,
    res: Response,
    certificate: CertificateFacts | null,
    name: string | null,
  ) {
    res.set('X-Robots-Tag', 'noindex');
    const now = clock();
    const checkedAt = t('verify.at', { date: formatDate(now, place), time: formatTime(now, place) });
    const common = { checkedAt, noindex: true };
    if (!certificate) {
      const nothing = { ...common, verdict: 'unknown', facts: [], nameCheck: null, reason: null, date: null };
      return show(req, res, 'certificates/verify', nothing, { status: 404, nav: 'verify' });
    }
    const verdict = await verdictOn(certificate, issuer, now);
    const values = {
      ...common,
      verdict,
      facts: factsFor(certificate, verdict),
      nameCheck: verdict === 'valid' ? nameCheck(certificate, name) : null,
      reason: certificate.revocationReason && t(`reason.${certificate.revocationReason}`),
      date: since(certificate),
    };
    show(req, res, 'certificates/verify', values, { nav: 'verify' });
  }

  async function answerMachine(res: Response, certificate: CertificateFacts | null): Promise<void> {
    res.set('X-Robots-Tag', 'noindex').set('Cache-Control', 'no-store');
    if (!certificate) return void res.status(404).json({ verdict: 'unknown' });
    const { facts, awardedAt, validUntil, code } = certificate;
    res.json({
      verdict: await verdictOn(certificate, issuer, clock()),
      code: displayCode(code),
      course: facts.course.title,
      issuer: issuer.did,
      awarded: new Date(awardedAt).toISOString().slice(0, 10),
      validUntil: validUntil === null ? null : new Date(validUntil).toISOString().slice(0, 10),
      revocationReason: certificate.revocationReason,
    });
  }

  /** The name only while it proves something, and masked. */
  function factsFor(certificate: CertificateFacts, verdict: PublicVerdict) {
    const { facts, awardedAt, code } = certificate;
    const named =
      verdict === 'valid' ? [{ label: t('verify.nameOn'), value: maskName(facts.name), code: true }] : [];
    return [
      ...named,
      { label: t('verify.course'), value: facts.course.title },
      { label: t('verify.meaningLabel'), value: t('verify.meaning') },
      { label: t('verify.issuedBy'), value: facts.organisationName },
      { label: t('components.awarded'), value: formatDate(awardedAt, place) },
      { label: t('components.validUntil'), value: endInWords(certificate, place, t) },
      { label: t('verify.number'), value: displayCode(code), code: true },
    ];
  }

  function nameCheck({ code, facts }: CertificateFacts, name: string | null) {
    const result = !name?.trim() ? null : sameName(name, facts.name) ? 'same' : 'different';
    return { action: `/verify/${displayCode(code)}`, value: name ?? '', result };
  }

  const since = ({ revokedAt, validUntil }: CertificateFacts): string | null =>
    revokedAt !== null
      ? formatDate(revokedAt, place)
      : validUntil === null
        ? null
        : formatDate(validUntil, place);

  return router;
}
