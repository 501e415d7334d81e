import type { NextFunction, RequestHandler } from 'express';

/**
 * Handlers that every request passes, as one. A router matches the address against each of its layers; these have none to
 * match. What one of them throws, or rejects with, goes on as an error, as it would in a router.
 */
export function inOrder(handlers: readonly RequestHandler[]): RequestHandler {
  return (req, res, next) => {
    let at = 0;
    const pass: NextFunction = (fault?: unknown) => {
      const handler = fault ? undefined : handlers[at++];
      if (!handler) return next(fault);
      try {
        const ended: unknown = handler(req, res, pass);
        if (ended instanceof Promise) ended.catch(next);
      } catch (thrown) {
        next(thrown);
      }
    };
    pass();
  };
}
