import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Logger } from '../lib/log.js';

/** The ambient values of a request: plumbing only. Actor, time and organisation are arguments. */
interface Context {
  readonly requestId: string;
  readonly log: Logger;
}

const contexts = new AsyncLocalStorage<Context>();

/** The id of the request being answered, shown on error pages; empty outside a request. */
export const requestId = (): string => contexts.getStore()?.requestId ?? '';

/** Gives each request its id and logger, and logs one entry when it is answered. Ids only: no query, no address. */
export function context(log: Logger): RequestHandler {
  return (req, res, next) => {
    const id = randomUUID().slice(0, 13);
    const began = performance.now();
    res.setHeader('X-Request-Id', id);
    res.on('finish', () => {
      const ms = Math.round((performance.now() - began) * 10) / 10;
      log.info(
        { requestId: id, method: req.method, path: routeOf(req), status: res.statusCode, ms },
        'request',
      );
    });
    contexts.run({ requestId: id, log }, next);
  };
}

/** The pattern of the route, such as `/attempts/:attempt`: an address itself may hold a code or a token. */
const routeOf = (req: Request): string => (req.route as { path?: string } | undefined)?.path ?? 'none';
