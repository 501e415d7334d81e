import { Router } from 'express';
import { inLane } from '../db/lanes.js';
import { row } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';

/**
 * For whoever watches the server: alive (the process answers) and ready (so does the database, and it is not about
 * to stop).
 */
export function health(): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => res.set('Cache-Control', 'no-store').json({ alive: true }));
  router.get('/readyz', async (req, res) => {
    const ready = !req.app.get('stopping') && (await Promise.race([canWork(), soon()]));
    res
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ ready });
  });
  return router;
}

/**
 * Reads, past whatever keeps other readers busy; and begins a transaction: a database that only reads, or that another
 * process holds, is not ready for learners.
 */
const canWork = (): Promise<boolean> =>
  inLane('health', () => row('select 1 as one'))
    .then(() => inTransaction(() => row('select 1 as one')))
    .then(
      found => found !== null,
      () => false,
    );

/** Whoever watches is answered within two seconds. */
const soon = (): Promise<false> =>
  new Promise(done => {
    setTimeout(() => done(false), 2_000).unref();
  });
