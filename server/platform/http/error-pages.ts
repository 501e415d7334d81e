import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import {
  AppError,
  FormTooOld,
  NotFound,
  NotSetUp,
  OwnMatter,
  SignInNeeded,
  TooMany,
  TrainingPaused,
  TooSlow,
  Unavailable,
} from '../../errors.js';
import type { Logger } from '../lib/log.js';
import type { Place } from '../i18n/i18n.js';
import { spoken } from '../i18n/spoken.js';
import { waitUntil } from '../i18n/waits.js';
import { requestId } from './context.js';
import { keptFields } from './forms.js';
import { originOf, ownOrigin } from './security/origin.js';
import type { ShowPage } from './page.js';

/** No route matched: 404. */
export const nothingHere: RequestHandler = (_req, _res, next) => next(new NotFound());

/**
 * Every error ends here. Errors of ours are logged once, by type and stack, without the request's body (a
 * parser's error carries the raw body, and with it a password), and shown with the request's id.
 */
export function errorPages(log: Logger, show: ShowPage, place: Place): ErrorRequestHandler {
  return (fault: unknown, req, res, next) => {
    const error = asAppError(fault);
    if (error.reportable) log.error({ requestId: requestId(), fault: describe(fault) }, 'request failed');
    if (res.headersSent) return next(fault);
    if (error instanceof SignInNeeded && wantsPage(req)) return res.redirect(303, signInAddress(req));
    if (error instanceof FormTooOld && comesBack(req)) return bringBack(req, res, show);
    if (error instanceof TooMany) res.set('Retry-After', String(error.retryAfter));
    if (error instanceof Unavailable) res.set('Retry-After', '5');
    answer(error, req, res, { show, place });
  };
}

/** Where people work who are signed in. */
const WORK = /^\/(attempts|learning|follow-up|certificates|team|organisations|rooms|admin)\//i;

/** What no page may hold: what people prove themselves with, and the secret of a provider. It is typed again. */
const SECRET = ['proof', 'passkey', 'secret', 'password', 'pin'];

/** Whether a form comes back with all that was typed. A file cannot, and a script keeps what it sends by itself. */
const comesBack = (req: Request): boolean =>
  WORK.test(req.path) && wantsPage(req) && Boolean(req.is('urlencoded'));

/** The session had ended when the form was sent: nothing was done, and nothing of it is lost. */
function bringBack(req: Request, res: Response, show: ShowPage): void {
  const values = { action: req.originalUrl, kept: keptFields(req.body, SECRET) };
  show(req, res, 'platform/http/late-form', values, { status: 403 });
}

function answer(
  error: AppError,
  req: Request,
  res: Response,
  { show, place }: { show: ShowPage; place: Place },
): void {
  const reference = error.reportable ? requestId() : null;
  if (!wantsPage(req)) {
    res.status(error.status).set('Cache-Control', 'no-store').json({ error: error.status, reference });
    return;
  }
  const { status } = error;
  const wait = error instanceof TooMany ? waitOf(error, place) : null;
  const [sent, again, form] = [becameOf(req, status), againAddress(req, status), formAddress(req)];
  const isSlow = error instanceof TooSlow;
  const isOwn = error instanceof OwnMatter;
  const paused = error instanceof TrainingPaused ? { contact: error.contact } : null;
  const setup = error instanceof NotSetUp ? error.fault : null;
  const values = { status, isSlow, isOwn, paused, setup, reference, wait, sent, again, form };
  show(req, res, 'platform/http/problem', values, { status });
}

function waitOf({ retryAfter }: TooMany, place: Place) {
  const now = Date.now();
  return waitUntil(now + retryAfter * 1000, now, place, spoken);
}

/** Body parsers and the router throw errors with a `status`; a database that cannot be reached throws its own kinds. */
export function asAppError(fault: unknown): AppError {
  if (fault instanceof AppError) return fault;
  if (SLOW.test(codeOf(fault) ?? '')) return new TooSlow();
  if (isDatabaseAway(fault)) return new Unavailable('The database does not answer');
  const status = (fault as { status?: unknown } | null)?.status;
  if (typeof status === 'number' && status >= 400 && status < 500) return new AppError('Bad request', status);
  return new AppError('Our fault', 500, { reportable: true });
}

/** A statement was interrupted at its time limit: by us on SQLite, by the server on PostgreSQL. */
const SLOW = /SQLITE_INTERRUPT|57014/;

/**
 * The database is away, or so busy that a statement gave up waiting; a retry may succeed. PostgreSQL's codes, from appendix A
 * of its manual: 55P03 and 40P01 are locks, 40001 a lost race, 57P0x and 53300 no connection.
 */
const AWAY =
  /SQLITE_(BUSY|LOCKED|CANTOPEN|IOERR|READONLY|FULL|NOTADB|CORRUPT)|E(CONNREFUSED|CONNRESET|NOTFOUND|HOSTUNREACH|PIPE|AI_AGAIN)|57P0[123]|53300|55P03|40P01|40001/;

function isDatabaseAway(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  return (
    fault.name.startsWith('SequelizeConnection') ||
    fault.name === 'SequelizeTimeoutError' ||
    isCutOff(fault) ||
    AWAY.test(codeOf(fault) ?? '')
  );
}

/** Errors that the database reports have a code; a connection that breaks during a statement has none. */
const isCutOff = (fault: Error): boolean =>
  fault.name === 'SequelizeDatabaseError' && codeOf(fault) === undefined;

function describe(fault: unknown): object {
  if (!(fault instanceof Error)) return { name: 'not an Error' };
  const cause = fault.cause instanceof Error ? { cause: fault.cause.stack } : {};
  return { name: fault.name, code: codeOf(fault), stack: fault.stack, ...cause };
}

/** The driver's code of an error. Its message is not logged: it may hold what somebody typed. */
function codeOf(fault: unknown): string | undefined {
  const { code, parent } = (fault ?? {}) as { code?: string; parent?: { code?: string } };
  return parent?.code ?? code;
}

/** What happened to a submitted form: refused without any change, or interrupted at an unknown point. Null without a form. */
function becameOf({ method }: Request, status: number): 'refused' | 'unknown' | null {
  if (method === 'GET' || method === 'HEAD') return null;
  return status < 500 ? 'refused' : 'unknown';
}

/** The address of the page that could not be shown, for a retry. */
function againAddress({ method, originalUrl }: Request, status: number): string | null {
  return method === 'GET' && (status >= 500 || status === 429) ? ours(originalUrl) : null;
}

/** The page of the submitted form, to see its current state. Browsers send this address only to its own site. */
function formAddress(req: Request): string | null {
  const from = req.headers.referer;
  if (req.method === 'GET' || !from || originOf(from) !== ownOrigin(req)) return null;
  const { pathname, search } = new URL(from);
  return ours(pathname + search);
}

/** A path of ours, or null: never an address that leads to another site. */
const ours = (path: string): string | null => (/^\/(?![/\\])/.test(path) ? path : null);

/** Whether the client wants a page: it does unless a script asks for JSON. */
export const wantsPage = (req: Request): boolean => req.accepts(['html', 'json']) !== 'json';

const signInAddress = (req: Request): string =>
  req.method === 'GET' ? `/sign-in?next=${encodeURIComponent(req.originalUrl)}` : '/sign-in';
