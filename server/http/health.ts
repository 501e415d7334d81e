import { Router } from 'express';
import { row } from '../db/rows.js';

/** For whoever watches the server: alive (the process answers) and ready (so does the database). */
export function health(): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => res.set('Cache-Control', 'no-store').json({ alive: true }));
  router.get('/readyz', async (_req, res) => {
    const ready = await row('select 1 as one').then(
      found => found !== null,
      () => false,
    );
    res
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ ready });
  });
  return router;
}
