import { checkLimits } from './check-limits.js';
import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../http/deps.js';
import { typed } from '../../http/forms.js';
import { networkOf } from '../../http/security/network.js';
import { formatDate, formatTime } from '../../i18n/i18n.js';
import { hereIn, spoken } from '../../i18n/spoken.js';
import { displayCode, normaliseCode } from '../../lib/ids.js';
import { renewalRows } from '../renewal/renewal-chain.js';
import { countCheck } from './counters.js';
import { certificateByCode, certificatesBefore, type CertificateFacts } from '../queries.js';
import type { Issuer } from '../issuer/issuer.js';
import { verifyFileRoutes } from './routes-files.js';
import { nameForStrangers } from '../holder/name-privacy.js';
import { lastDayInWords, subjectRows } from '../certificate-card.js';
import { stateSince, revocationInWords } from './state-texts.js';
import type { SignedFacts } from '../../open-badges/signed-facts.js';
import { sameName } from './holder-name.js';
import { reasonForNoVerdict, shownFacts, verdictOn, type PublicVerdict } from './verdict.js';

interface Found {
  readonly certificate: CertificateFacts;
  readonly verdict: PublicVerdict;
}

/** What a stranger asks: is this certificate good? No sign-in; nothing about them is kept. */
export function verifyRoutes(deps: WebDeps, issuer: Issuer): Router {
  const { show, clock, config, limits: counts } = deps;
  const router = Router();
  const t = spoken;
  const place = hereIn(config.timeZone);

  router.get('/verify', (req, res) => {
    if (!('code' in req.query))
      return show(req, res, 'certificates/verification/check', { values: {}, errors: {} }, { nav: 'verify' });
    const code = normaliseCode(req.query.code);
    if (code) return res.redirect(303, `/verify/${displayCode(code)}`);
    const values = { values: { code: typed(req.query, 'code') }, errors: { code: t('errors.code') } };
    show(req, res, 'certificates/verification/check', values, { status: 422, nav: 'verify' });
  });

  router.use(verifyFileRoutes(deps, issuer));

  router.get('/verify/:code', async (req, res) => {
    const certificate = await countedLookUp(req);
    const found = certificate && { certificate, verdict: await verdictOn(certificate, issuer, clock()) };
    countCheck('number', found?.verdict ?? verdictOnNothing(), clock());
    if (req.accepts(['html', 'json']) === 'json') return answerMachine(res, found);
    await answerPerson(req, res, found, null);
  });

  router.post('/verify/:code', async (req, res) => {
    const certificate = await countedLookUp(req);
    const name = typed(req.body, 'name');
    if (certificate) await countName(req, certificate, name);
    const found = certificate && { certificate, verdict: await verdictOn(certificate, issuer, clock()) };
    await answerPerson(req, res, found, name);
  });

  /** Numbers that nobody has are counted narrowly: whoever guesses is slowed, and keeps nobody beside them from checking. */
  async function countedLookUp(req: Request): Promise<CertificateFacts | null> {
    const place = networkOf(req.ip);
    await counts.consume(checkLimits.verifyByAddress, place, clock());
    const certificate = await lookUp(req);
    if (!certificate) await counts.consume(checkLimits.unknownNumberByAddress, place, clock());
    return certificate;
  }

  /** Counted before it is compared, and given back when it is the name: only wrong ones add up. */
  async function countName(req: Request, { id, facts }: CertificateFacts, name: string): Promise<void> {
    if (name.trim() === '') return;
    const pair = `${networkOf(req.ip)} ${id}`;
    await counts.consume(checkLimits.wrongNameByPair, pair, clock());
    await counts.consume(checkLimits.wrongNameByCertificate, id, clock());
    if (!sameName(name, facts.name)) return;
    await counts.giveBack(checkLimits.wrongNameByPair, pair);
    await counts.giveBack(checkLimits.wrongNameByCertificate, id);
  }

  /** A certificate that is not signed yet does not exist for strangers. */
  async function lookUp(req: Request): Promise<CertificateFacts | null> {
    const code = normaliseCode(req.params.code);
    const found = code && (await certificateByCode(code));
    return found && found.issuedAt !== null ? found : null;
  }

  /** `name`: what was typed to be compared; null where nothing was. */
  async function answerPerson(req: Request, res: Response, found: Found | null, name: string | null) {
    res.set('X-Robots-Tag', 'noindex');
    const now = clock();
    const checkedAt = t('verify.at', { date: formatDate(now, place), time: formatTime(now, place) });
    const common = { checkedAt, noindex: true };
    if (!found) {
      const code = normaliseCode(req.params['code']);
      // What is no number may be any text that somebody put into a link.
      const asked = code && displayCode(code);
      const facts = asked ? [{ label: t('verify.number'), value: asked, code: true }] : [];
      const nothing = {
        ...common,
        verdict: verdictOnNothing(),
        facts,
        asked,
        nameCheck: null,
        reason: null,
        date: null,
      };
      const status = nothing.verdict === 'unknown' ? 404 : 200;
      return show(req, res, 'certificates/verification/verify', nothing, { status, nav: 'verify' });
    }
    const { certificate, verdict } = found;
    const errors = verdict === 'valid' && name?.trim() === '' ? { name: t('errors.verify-name') } : {};
    const values = {
      ...common,
      verdict,
      errors,
      facts: [
        ...(await factsFor(certificate, verdict)),
        ...(verdict === 'cannot-tell' ? [] : await renewalRows(certificate, place, t)),
        ...(verdict === 'cannot-tell' ? [] : await earlier(certificate)),
      ],
      nameCheck: verdict === 'valid' ? nameCheck(certificate, name) : null,
      reason: revocationInWords(certificate, t),
      date: stateSince(certificate, place),
    };
    const status = 'name' in errors ? 422 : 200;
    show(req, res, 'certificates/verification/verify', values, { status, nav: 'verify' });
  }

  /** A number that is not here: we know of none, unless we may have forgotten it. */
  const verdictOnNothing = () => (issuer.mayHaveForgotten() ? 'cannot-tell' : 'unknown');

  async function answerMachine(res: Response, found: Found | null): Promise<void> {
    res.set('X-Robots-Tag', 'noindex').set('Cache-Control', 'no-store');
    if (!found && issuer.mayHaveForgotten())
      return void res.json({ verdict: 'cannot-tell', why: reasonForNoVerdict(issuer) });
    if (!found) return void res.status(404).json({ verdict: 'unknown' });
    const { certificate, verdict } = found;
    const signed = shownFacts(certificate, verdict);
    res.json({
      verdict,
      ...(verdict === 'cannot-tell' ? { why: reasonForNoVerdict(issuer) } : {}),
      code: displayCode(certificate.code),
      ...(signed && inJson(signed)),
      revocationReason: certificate.revocationReason,
      replaced: (await certificatesBefore(certificate)).map(({ supersededAt }) => ({
        on: supersededAt === null ? null : isoDay(supersededAt),
      })),
    });
  }

  /** What was signed, and nothing beside it where we cannot tell. */
  async function factsFor(certificate: CertificateFacts, verdict: PublicVerdict) {
    const signed = shownFacts(certificate, verdict);
    const number = { label: t('verify.number'), value: displayCode(certificate.code), code: true };
    return [...(signed ? await signedRows(certificate, signed, verdict) : []), number];
  }

  /** The name only while it proves something, and as its holder and the organisation show it. What is long stands last: a phone is short. */
  async function signedRows(certificate: CertificateFacts, signed: SignedFacts, verdict: PublicVerdict) {
    const name = verdict === 'valid' ? await nameForStrangers(certificate, signed.name) : null;
    // What was taken back has no end to come, and stands for nothing.
    const about = subjectRows(signed.course, t);
    const isGood = verdict === 'valid' || verdict === 'expired';
    const named = name === null ? [] : [{ label: t('verify.nameOn'), value: name, code: true }];
    return [
      ...named,
      { label: t('verify.course'), value: signed.course.title },
      { label: t('verify.issuedBy'), value: signed.issuer.name },
      { label: t('components.awarded'), value: formatDate(signed.awardedAt, place) },
      ...(isGood ? [{ label: t('components.validUntil'), value: lastDayInWords(signed, place, t) }] : []),
      ...about.subject,
      ...(verdict === 'valid' ? about.assessed : []),
      ...(verdict === 'valid' ? [{ label: t('verify.meaningLabel'), value: signed.narrative }] : []),
    ];
  }

  /** The certificates that bore this number before: when, and not why, for the reason may be a name of old. */
  async function earlier(certificate: CertificateFacts) {
    return (await certificatesBefore(certificate)).map(({ supersededAt }) => ({
      label: t('verify.replaced'),
      value: t('verify.replacedOn', { date: formatDate(supersededAt ?? 0, place) }),
    }));
  }

  /** Only beside "valid", where the name of the row is the one that was signed. */
  function nameCheck({ code, facts }: CertificateFacts, name: string | null) {
    const result = !name?.trim() ? null : sameName(name, facts.name) ? 'same' : 'different';
    return { action: `/verify/${displayCode(code)}`, value: name ?? '', result };
  }

  return router;
}

const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** What was signed, for machines: without the name. */
const inJson = ({ course, issuer, awardedAt, validUntil }: SignedFacts) => ({
  course: course.title,
  subject: course.subject,
  assessed: course.showed,
  issuer: issuer.did,
  awarded: isoDay(awardedAt),
  validUntil: validUntil === null ? null : isoDay(validUntil),
});
