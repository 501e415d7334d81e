import express, { type Request, type RequestHandler, type Response } from 'express';
import { heldToken } from '../api-tokens/bearer.js';
import type { Scope } from '../api-tokens/scopes.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { asAppError } from '../../platform/http/error-pages.js';
import { errorAnswer, SCIM_JSON } from './protocol/scim-answers.js';
import { ScimFault, wrong } from './protocol/scim-fault.js';
import { keepRequest } from './request-log.js';
import { directoryWith, type Directory } from './settings/directories.js';

/** What a directory is answered. `note`: what could not be followed, for whoever runs it. */
export interface ScimAnswer {
  readonly status?: number;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly note?: string | null;
}

/** Answers a request of a directory; `base`: the address of this interface. */
export type AnswerScim = (
  directory: Directory,
  req: Request,
  base: string,
) => Promise<ScimAnswer> | ScimAnswer;
export type OnScim = (scope: Scope, answer: AnswerScim) => RequestHandler;

/** A large group, named person by person. */
const json = express.json({ type: () => true, limit: '2mb' });

/** A handler for a directory whose token may do `scope`: it answers in the form of SCIM, and the request is kept for a while. */
export const answering =
  (deps: WebDeps, scope: Scope, answer: AnswerScim): RequestHandler =>
  async (req, res) => {
    const { limits, config, log, secrets } = deps;
    const now = deps.clock();
    let organisationId: string | null = null;
    let sent: ScimAnswer;
    try {
      const { authorization } = req.headers;
      const token = await heldToken({ authorization, address: req.ip, scope, limits, now });
      organisationId = token.organisationId;
      await readBody(req, res);
      const directory = await directoryWith(token, { key: secrets.links, now });
      sent = await answer(directory, req, `${config.baseUrl}/scim/v2`);
    } catch (fault) {
      const error = asAppError(fault);
      if (error.reportable) log.error({ name: (fault as Error).name, stack: (fault as Error).stack }, 'SCIM');
      const { body, headers } = errorAnswer(error);
      sent = { status: error.status, headers, body, note: body.detail };
    }
    const status = sent.status ?? 200;
    if (organisationId !== null) {
      const { method, path } = req;
      await keepRequest(organisationId, { method, path, status, detail: sent.note ?? null }, now);
    }
    res.status(status).set({ 'Cache-Control': 'no-store', ...sent.headers });
    if (sent.body) res.type(SCIM_JSON).send(JSON.stringify(sent.body));
    else res.end();
  };

/** Read only for those who hold a token: nobody else makes us parse anything. */
const readBody = (req: Request, res: Response): Promise<void> =>
  new Promise((done, fail) => {
    json(req, res, (fault?: unknown) => {
      const { status } = (fault ?? {}) as { status?: number };
      if (status === 413) fail(new ScimFault('Send at most 2 MB at once', 413));
      else if (fault) fail(wrong('invalidSyntax', 'The body is not JSON'));
      else done();
    });
  });
