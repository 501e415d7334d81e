import { Router, type Request, type Response } from 'express';
import { Conflict, Forbidden } from '../../../../errors.js';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { typed } from '../../../../platform/http/forms.js';
import { handlersWith } from '../../../../platform/http/handlers.js';
import { actorOf } from '../../../../platform/http/page.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { signatureFault } from '../../../../platform/lib/text/typed-signature.js';
import { navFor } from '../../../../people/organisations/navigation.js';
import { organisationHead } from '../../../../people/organisations/organisation-tabs.js';
import { readAttendance, keptRows, typedRows, type AttendanceRow } from '../attendance/attendance-form.js';
import { openSession, signerOf, type OpenSession } from '../sessions/open-session.js';
import { signPreview } from './sign-preview.js';
import { courseTitles, formRow, sessionTime } from '../sessions/session-values.js';
import {
  correctSession,
  signSession,
  withdrawSession,
  type SignOutcome,
  type Signing,
} from './sign-sessions.js';
import { STATEMENTS, statementCalled, type SessionSigner } from './statements.js';
import { peopleOf } from '../sessions/stored-sessions.js';

const ONE = '/organisations/:id/sessions/:session';

/** Signing who was there, correcting what was signed, and taking it back: for the instructor, or an administrator. */
export function signingRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(`${ONE}/signature`, on(askToSign));
  router.post(`${ONE}/signature`, on(sign));
  router.get(`${ONE}/correction`, on(askToCorrect));
  router.post(`${ONE}/correction`, on(correct));
  router.get(`${ONE}/withdrawal`, on(askToWithdraw));
  router.post(`${ONE}/withdrawal`, on(withdraw));
  return router;
}

async function askToSign(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const signing = await load(req, deps.clock(), 'unsigned');
  await signPage(deps, req, res, signing, {});
}

async function sign(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const signing = await load(req, deps.clock(), 'unsigned');
  const errors = signatureErrors(req, signing);
  if (Object.keys(errors).length > 0) return signPage(deps, req, res, signing, errors);
  const outcome = await signSession(asSeen(req, signing), signatureOf(req, signing));
  if (outcome.kind === 'refused')
    return signPage(deps, req, res, await load(req, deps.clock(), 'any'), said(outcome));
  res.redirect(303, `${signing.open.home}?done=session-signed`);
}

async function askToCorrect(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const signing = await load(req, deps.clock(), 'signed');
  const rows = keptRows(await peopleOf(signing.open.session.id));
  await correctionPage(deps, req, res, signing, { rows, errors: {} });
}

async function correct(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const signing = await load(req, deps.clock(), 'signed');
  const rows = typedRows(req.body, await peopleOf(signing.open.session.id), signing.open.session);
  const read = readAttendance(rows, signing.open.session);
  const errors = {
    ...(read.ok ? {} : read.errors),
    ...reasonError(req.body),
    ...signatureErrors(req, signing),
  };
  if (!read.ok || Object.keys(errors).length > 0)
    return correctionPage(deps, req, res, signing, { rows, errors });
  const corrected = { all: read.value, reason: typed(req.body, 'reason').trim() };
  const outcome = await correctSession(asSeen(req, signing), corrected, signatureOf(req, signing));
  if (outcome.kind === 'refused')
    return correctionPage(deps, req, res, await load(req, deps.clock(), 'any'), {
      rows,
      errors: said(outcome),
    });
  res.redirect(303, `${signing.open.home}?done=session-corrected`);
}

async function askToWithdraw(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await withdrawalPage(deps, req, res, await load(req, deps.clock(), 'signed'), {});
}

async function withdraw(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const signing = await load(req, deps.clock(), 'signed');
  const errors = { ...reasonError(req.body), ...signatureErrors(req, signing) };
  if (Object.keys(errors).length > 0) return withdrawalPage(deps, req, res, signing, errors);
  const reason = typed(req.body, 'reason').trim();
  const outcome = await withdrawSession(signing.open.session.id, reason, signatureOf(req, signing));
  if (outcome.kind === 'refused') return withdrawalPage(deps, req, res, signing, said(outcome));
  res.redirect(303, `${signing.open.home}?done=session-withdrawn`);
}

/** A session, and as what the reader signs it. */
interface ToSign {
  readonly open: OpenSession;
  readonly signer: SessionSigner;
}

/** For the instructor and administrators; others who keep the session may not. `state`: which sessions can be signed that way. */
async function load(req: Request, now: number, state: 'unsigned' | 'signed' | 'any'): Promise<ToSign> {
  const open = await openSession(actorOf(req), req.params, now);
  const signer = signerOf(open, open.session);
  if (!signer) throw new Forbidden('Only the instructor or an administrator can sign');
  const { signedAt, endedAt } = open.session;
  const fits = state === 'any' || (endedAt === null && (signedAt === null) === (state === 'unsigned'));
  if (!fits) throw new Conflict('It is over');
  return { open, signer };
}

const asSeen = (req: Request, { open }: ToSign) => ({
  sessionId: open.session.id,
  revision: Number(typed(req.body, 'revision')),
});

const signatureOf = (req: Request, { open, signer }: ToSign): Signing => ({
  ...open.by,
  signer,
  name: typed(req.body, 'name').trim(),
});

function signatureErrors({ body }: Request, { open }: ToSign): Record<string, string> {
  const account = open.actor.name;
  const fault = signatureFault(typed(body, 'name').trim(), account);
  return {
    ...(fault && { name: spoken(`signature.${fault}`, { account }) }),
    ...(typed(body, 'agreed') === 'yes' ? {} : { agreed: spoken('classroom.error.agreed') }),
  };
}

function reasonError(body: unknown): Record<string, string> {
  const reason = typed(body, 'reason').trim();
  return reason.length >= 5 && reason.length <= 500 ? {} : { reason: spoken('classroom.error.reason') };
}

const said = ({ why }: Extract<SignOutcome, { kind: 'refused' }>) => ({
  agreed: spoken(`classroom.unsigned.${why}`),
});

/** What is the same on each page on which something is signed. */
async function common(req: Request, { open, signer }: ToSign, errors: Record<string, string>) {
  const { organisation, actor, session, home } = open;
  return {
    organisation: organisationHead(organisation, actor),
    ...{ back: home, action: req.path, errors },
    title: (await courseTitles())(session.courseSlug),
    when: sessionTime(session),
    signing: {
      statement: statementCalled(STATEMENTS[signer]).text,
      ...{ revision: session.revision, errors },
      name: typed(req.body, 'name'),
      isAgreed: typed(req.body, 'agreed') === 'yes',
      account: actor.name,
    },
    reason: typed(req.body, 'reason'),
  };
}

const statusOf = (errors: Record<string, string>): number => (Object.keys(errors).length > 0 ? 422 : 200);

async function signPage(
  { show, clock }: WebDeps,
  req: Request,
  res: Response,
  signing: ToSign,
  errors: Record<string, string>,
): Promise<void> {
  const preview = await signPreview(signing.open, clock());
  const values = { ...(await common(req, signing, errors)), ...preview };
  const { actor } = signing.open;
  show(req, res, 'proof/requirements/classroom/sign', values, {
    status: statusOf(errors),
    nav: navFor(actor),
  });
}

async function correctionPage(
  { show }: WebDeps,
  req: Request,
  res: Response,
  signing: ToSign,
  { rows, errors }: { rows: readonly AttendanceRow[]; errors: Record<string, string> },
): Promise<void> {
  const { session, organisation, actor, home } = signing.open;
  const values = {
    ...(await common(req, signing, errors)),
    addHref: `${home}/people`,
    form: {
      ...{ revision: session.revision, minutes: session.minutes, points: [...session.points], errors },
      rows: rows.map(row => formRow(row, organisation.timeZone)),
    },
  };
  show(req, res, 'proof/requirements/classroom/correct', values, {
    status: statusOf(errors),
    nav: navFor(actor),
  });
}

async function withdrawalPage(
  { show }: WebDeps,
  req: Request,
  res: Response,
  signing: ToSign,
  errors: Record<string, string>,
): Promise<void> {
  const values = await common(req, signing, errors);
  const { actor } = signing.open;
  show(req, res, 'proof/requirements/classroom/withdraw', values, {
    status: statusOf(errors),
    nav: navFor(actor),
  });
}
