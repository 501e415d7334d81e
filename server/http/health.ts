import { Router } from 'express';

/**
 * For monitors: alive (the process answers) and ready (a learner's answer would be stored, and the server is not about to
 * stop).
 */
export function health(isReady: () => Promise<boolean>): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => res.set('Cache-Control', 'no-store').json({ alive: true }));
  router.get('/readyz', async (req, res) => {
    const ready = !req.app.get('stopping') && (await isReady());
    res
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ ready });
  });
  return router;
}
