import { Router, type Request, type Response } from 'express';
import { wantsPage } from '../../../platform/http/error-pages.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { networkOf } from '../../../platform/http/security/network.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { displayCode, normaliseCode } from '../../../platform/lib/ids.js';
import { certificateByCode, type CertificateFacts } from '../queries.js';
import type { IssuerDeps } from '../issuer-deps.js';
import { checkLimits } from './check-limits.js';
import { countCheck } from './counters.js';
import { sameName } from './holder-name.js';
import { verifyFileRoutes } from './routes-files.js';
import { verdictOn } from './verdict.js';
import { verdictInJson, verdictValues, unknownNumberValues, type CheckedCertificate } from './verify-page.js';

/** What a stranger asks: is this certificate valid? No sign-in; nothing about the stranger is stored. */
export function verifyRoutes(deps: IssuerDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/verify', on(askForNumber));
  router.use(verifyFileRoutes(deps));
  router.get('/verify/:code', on(answerNumber));
  router.post('/verify/:code', on(compareName));
  return router;
}

/** The form for a number or a file. A number that was typed leads to its own address. */
function askForNumber({ show }: IssuerDeps, req: Request, res: Response): void {
  const view = 'proof/certificates/verification/check';
  if (!('code' in req.query)) return show(req, res, view, { values: {}, errors: {} }, { nav: 'verify' });
  const code = normaliseCode(req.query['code']);
  if (code) return res.redirect(303, `/verify/${displayCode(code)}`);
  const values = { values: { code: typed(req.query, 'code') }, errors: { code: spoken('errors.code') } };
  show(req, res, view, values, { status: 422, nav: 'verify' });
}

async function answerNumber(deps: IssuerDeps, req: Request, res: Response): Promise<void> {
  const certificate = await countedLookUp(deps, req);
  const found = certificate && (await check(deps, certificate));
  countCheck('number', found?.verdict ?? verdictOnNothing(deps), deps.clock());
  if (!wantsPage(req)) return answerProgram(deps, res, found);
  await answerPerson(deps, req, res, { found, name: null });
}

async function compareName(deps: IssuerDeps, req: Request, res: Response): Promise<void> {
  const certificate = await countedLookUp(deps, req);
  const name = typed(req.body, 'name');
  if (certificate) await countName(deps, req, { certificate, name });
  const found = certificate && (await check(deps, certificate));
  await answerPerson(deps, req, res, { found, name });
}

const check = async (
  { issuer, clock }: IssuerDeps,
  certificate: CertificateFacts,
): Promise<CheckedCertificate> => ({
  certificate,
  verdict: await verdictOn(certificate, issuer, clock()),
});

/** Unknown numbers have a narrow limit of their own: somebody who guesses is slowed down, without others on the same network. */
async function countedLookUp(
  { limits: counts, clock }: IssuerDeps,
  req: Request,
): Promise<CertificateFacts | null> {
  const network = networkOf(req.ip);
  await counts.consume(checkLimits.verifyByAddress, network, clock());
  const certificate = await lookUp(req);
  if (!certificate) await counts.consume(checkLimits.unknownNumberByAddress, network, clock());
  return certificate;
}

/** A certificate that is not signed yet does not exist for strangers. */
async function lookUp(req: Request): Promise<CertificateFacts | null> {
  const code = normaliseCode(req.params['code']);
  const found = code && (await certificateByCode(code));
  return found && found.issuedAt !== null ? found : null;
}

/** Counts a name before it is compared, and gives it back when it is the right one: only wrong names add up. */
async function countName(
  { limits: counts, clock }: IssuerDeps,
  req: Request,
  { certificate: { id, facts }, name }: { certificate: CertificateFacts; name: string },
): Promise<void> {
  if (name.trim() === '') return;
  const pair = `${networkOf(req.ip)} ${id}`;
  await counts.consume(checkLimits.wrongNameByPair, pair, clock());
  await counts.consume(checkLimits.wrongNameByCertificate, id, clock());
  if (!sameName(name, facts.name)) return;
  await counts.giveBack(checkLimits.wrongNameByPair, pair);
  await counts.giveBack(checkLimits.wrongNameByCertificate, id);
}

/** `name`: what was typed to be compared; null where nothing was. */
async function answerPerson(
  deps: IssuerDeps,
  req: Request,
  res: Response,
  { found, name }: { found: CheckedCertificate | null; name: string | null },
): Promise<void> {
  const { show, clock, config } = deps;
  res.set('X-Robots-Tag', 'noindex');
  const when = { place: hereIn(config.timeZone), now: clock() };
  const view = 'proof/certificates/verification/verify';
  if (found) {
    const values = await verdictValues(found, name, when);
    const status = 'name' in values.errors ? 422 : 200;
    return show(req, res, view, values, { status, nav: 'verify' });
  }
  const verdict = verdictOnNothing(deps);
  const values = unknownNumberValues(normaliseCode(req.params['code']), verdict, when);
  show(req, res, view, values, { status: verdict === 'unknown' ? 404 : 200, nav: 'verify' });
}

async function answerProgram(
  deps: IssuerDeps,
  res: Response,
  found: CheckedCertificate | null,
): Promise<void> {
  res.set('X-Robots-Tag', 'noindex').set('Cache-Control', 'no-store');
  const verdict = found?.verdict ?? verdictOnNothing(deps);
  res.status(verdict === 'unknown' ? 404 : 200).json(await verdictInJson(found, deps.issuer));
}

/** A number that is not here is unknown, unless this installation may have forgotten it. */
const verdictOnNothing = ({ issuer }: IssuerDeps): 'cannot-tell' | 'unknown' =>
  issuer.mayHaveForgotten() ? 'cannot-tell' : 'unknown';
