import type { Request, RequestHandler, Response } from 'express';

/** What answers a request: a function at the top of its file, with what it needs from outside in its first argument. */
export type Handler<D> = (deps: D, req: Request, res: Response) => Promise<void> | void;

/** Gives handlers their outside things: `router.get('/courses', on(showCatalogue))` after `const on = handlersWith(deps)`. */
export const handlersWith =
  <D>(deps: D) =>
  (handler: Handler<D>): RequestHandler =>
  (req, res) =>
    handler(deps, req, res);
