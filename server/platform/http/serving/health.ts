import { Router, type Response } from 'express';
import { inLane } from '../../db/lanes.js';
import { workState } from '../../events/jobs/work-state.js';
import type { Failing } from './readiness.js';

/** What monitors are told. `clock` gives epoch milliseconds. */
interface HealthOptions {
  readonly failing: () => Promise<Failing>;
  readonly clock: () => number;
}

/**
 * For monitors: alive (the process answers), ready (a learner's answer would be stored, and the server is not about to stop; or
 * what prevents it), and at work (mail goes out, and what the clock asks for is done), with numbers. A server that is not at work still serves.
 */
export function health({ failing, clock }: HealthOptions): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => answer(res, 200, { alive: true }));
  router.get('/readyz', async (req, res) => {
    const found = req.app.get('stopping') ? { server: 'stopping' } : await failing();
    const ready = Object.keys(found).length === 0;
    answer(res, ready ? 200 : 503, ready ? { ready } : { ready, failing: found });
  });
  router.get('/workz', async (_req, res) => {
    const state = await inLane('health', () => workState(clock())).catch(() => ({ working: false }));
    answer(res, state.working ? 200 : 503, state);
  });
  return router;
}

const answer = (res: Response, status: number, said: object): void =>
  void res.status(status).set('Cache-Control', 'no-store').json(said);
