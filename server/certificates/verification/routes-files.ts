import { checkLimits } from './check-limits.js';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { WebDeps } from '../../http/deps.js';
import { networkOf } from '../../http/security/network.js';
import { formsWithFiles, uploadOf } from '../../http/uploads.js';
import { formatDate, formatTime } from '../../i18n/i18n.js';
import { hereIn, spoken } from '../../i18n/spoken.js';
import { displayCode } from '../../lib/ids.js';
import { countCheck } from './counters.js';
import type { Issuer } from '../issuer/issuer.js';
import { openFileReader } from '../../open-badges/files/reader-thread.js';
import { asSentence } from '../certificate-card.js';
import { stateSince, revocationInWords } from './state-texts.js';
import { trustedIssuers } from './trusted-issuers.js';
import type { SignedFacts } from '../../open-badges/signed-facts.js';
import { reasonForNoVerdict } from './verdict.js';
import { verdictOnFile, type FileAnswer, type FileVerdict } from './file-verdict.js';

/** Largest file that is looked at, in bytes. Our own are a hundredth of it. */
const MAX_FILE = 5 * 1024 * 1024;

/** Reads the file of `POST /verify`, for everybody; counted first, so that nobody makes the server read without end. */
export function filesToVerify({ limits: counts, clock }: WebDeps): RequestHandler {
  const read = formsWithFiles(['/verify'], () => true, MAX_FILE);
  return async (req, res, next) => {
    if (req.method !== 'POST' || req.path !== '/verify') return next();
    await counts.consume(checkLimits.fileCheckByAddress, networkOf(req.ip), clock());
    await read(req, res, next);
  };
}

/** Of these a file still means, or meant to its end, what it says. */
const STANDING: ReadonlySet<FileVerdict> = new Set(['valid', 'expired']);

/**
 * What a stranger asks with a file in hand: was this issued here, and does it stand? Whoever has the file has its
 * name already, so the facts are shown in full. The file is read in memory, and neither it nor the answer is kept.
 */
export function verifyFileRoutes({ show, clock, config, log }: WebDeps, issuer: Issuer): Router {
  const router = Router();
  const t = spoken;
  const place = hereIn(config.timeZone);
  const { documents: others, missing } = trustedIssuers(config);
  if (missing.length > 0)
    log.warn({ missing }, 'trusted issuers without a DID document: run "issuers fetch"');
  const deps = {
    issuer,
    others,
    reader: openFileReader(fault => log.error({ fault }, 'a file could not be read')),
  };

  router.post('/verify', async (req, res) => {
    res.set('X-Robots-Tag', 'noindex');
    const upload = uploadOf(req);
    if (!upload?.name && !upload?.bytes.length) return refuse(req, res, 'errors.verify-file');
    if (upload.tooLarge) return refuse(req, res, 'errors.verify-file-large');
    const answer = await verdictOnFile(upload.bytes, deps, clock());
    countCheck('file', answer.verdict, clock());
    if (answer.verdict === 'unreadable') return refuse(req, res, 'errors.verify-file-none');
    if (asksForJson(req)) return void res.set('Cache-Control', 'no-store').json(forMachine(answer, issuer));
    show(req, res, 'certificates/verification/file-verdict', forPerson(answer), { nav: 'verify' });
  });

  /** The page again: what a person can do about it. */
  function refuse(req: Request, res: Response, key: string): void {
    if (asksForJson(req)) return void res.status(422).json({ verdict: 'unreadable', error: t(key) });
    const values = { values: {}, errors: { file: t(key) } };
    show(req, res, 'certificates/verification/check', values, { status: 422, nav: 'verify' });
  }

  function forPerson(answer: FileAnswer) {
    const now = clock();
    const certificate = 'certificate' in answer ? answer.certificate : null;
    const facts = 'facts' in answer && answer.verdict !== 'cannot-tell' ? answer.facts : null;
    const number = facts && certificate && displayCode(certificate.code);
    const other = answer.verdict === 'not-ours' ? answer : null;
    return {
      verdict: answer.verdict,
      noindex: true,
      checkedAt: t('verify.at', { date: formatDate(now, place), time: formatTime(now, place) }),
      date: certificate && stateSince(certificate, place),
      reason: certificate && revocationInWords(certificate, t),
      facts: [
        ...(facts ? factsFor(facts, STANDING.has(answer.verdict)) : []),
        ...(number ? [{ label: t('verify.number'), value: number, code: true }] : []),
        ...(other?.signedBy ? [{ label: t('verifyFile.signedBy'), value: other.signedBy, code: true }] : []),
      ],
      page: number && `/verify/${number}`,
      signed: other && (other.trusted ? 'trusted' : other.signedBy ? 'stranger' : 'unchecked'),
    };
  }

  /** What was signed; of one that does not stand, nothing that it once promised. */
  function factsFor(
    { name, course, narrative, issuer: by, awardedAt, validUntil }: SignedFacts,
    isStanding: boolean,
  ) {
    const end = validUntil === null ? t('components.noEnd') : formatDate(validUntil, place);
    const promised = [
      { label: t('components.validUntil'), value: end },
      { label: t('verify.meaningLabel'), value: narrative },
    ];
    return [
      { label: t('verify.nameOn'), value: name },
      { label: t('verify.course'), value: course.title },
      ...(course.subject ? [{ label: t('verify.subject'), value: asSentence(course.subject) }] : []),
      { label: t('verify.issuedBy'), value: by.name },
      { label: t('components.awarded'), value: formatDate(awardedAt, place) },
      ...(isStanding ? promised : []),
    ];
  }

  return router;
}

const asksForJson = (req: Request): boolean => req.accepts(['html', 'json']) === 'json';

function forMachine(answer: FileAnswer, issuer: Issuer) {
  if (!('facts' in answer)) return answer;
  const { verdict, facts, certificate } = answer;
  if (facts === null || verdict === 'cannot-tell')
    return verdict === 'cannot-tell' ? { verdict, why: reasonForNoVerdict(issuer) } : { verdict };
  const day = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString().slice(0, 10));
  return {
    verdict,
    code: certificate && displayCode(certificate.code),
    name: facts.name,
    course: facts.course.title,
    subject: facts.course.subject,
    assessed: facts.course.showed,
    issuer: facts.issuer.did,
    awarded: day(facts.awardedAt),
    validUntil: day(facts.validUntil),
    revocationReason: certificate?.revocationReason ?? null,
  };
}
