import { Router, type Request, type Response } from 'express';
import {
  compromiseKey,
  listKeys,
  retireKey,
  rotateKey,
  type KeyDeps,
  type KeyState,
} from '../certificates/keys.js';
import { openMarks } from '../certificates/marks.js';
import { replacingOf } from '../certificates/replacing.js';
import { NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { typed } from '../http/forms.js';
import { actorOf } from '../http/page.js';
import { formatDate } from '../i18n/i18n.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import { authorise, signedIn } from '../policy.js';

type Step = 'rotation' | 'retirement' | 'compromise';

/** The keys that sign certificates: what they are, and each change after a page that asks. */
export function keyPages({ show, clock, config, secrets, settle }: WebDeps): Router {
  const router = Router();
  const t = spoken;
  const place = hereIn(config.timeZone);
  const keys: KeyDeps = {
    baseUrl: config.baseUrl,
    sealKey: secrets.issuerKeys,
    marks: openMarks(config.dataDir),
  };
  const guard = (req: Request) => authorise(actorOf(req), 'installation.administer', config);

  router.get('/admin/keys', async (req, res) => {
    guard(req);
    const shown = await Promise.all((await listKeys()).map(describe));
    show(req, res, 'admin/keys', { keys: shown, log: '/issuer/keys' }, { nav: 'admin' });
  });

  for (const step of ['rotation', 'retirement', 'compromise'] as const) {
    const path = `/admin/keys/:key/${step}`;
    router.get(path, async (req, res) => {
      guard(req);
      ask(req, res, step, await keyOf(req), {});
    });
    router.post(path, async (req, res) => {
      guard(req);
      const key = await keyOf(req);
      if (typed(req.body, 'sure') !== 'yes') return ask(req, res, step, key, { sure: t('errors.sure') });
      const by = { actorId: signedIn(actorOf(req)).id, now: clock() };
      if (step === 'rotation') await rotateKey(key.id, keys, by);
      if (step === 'retirement') await retireKey(key.id, keys, by);
      if (step === 'compromise') await compromiseKey(key.id, keys, by);
      await settle();
      res.redirect(303, `/admin/keys?done=${step}`);
    });
  }

  async function keyOf(req: Request): Promise<KeyState> {
    const found = (await listKeys()).find(({ id }) => id === req.params.key);
    if (!found) throw new NotFound();
    return found;
  }

  function ask(req: Request, res: Response, step: Step, key: KeyState, errors: Record<string, string>): void {
    const action = `/admin/keys/${key.id}/${step}`;
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    show(req, res, 'admin/key-step', { step, key: factsOf(key), action, errors }, { status, nav: 'admin' });
  }

  const factsOf = ({ id, signed, createdAt, retiredAt, compromisedAt }: KeyState) => ({
    id,
    signed,
    since: formatDate(compromisedAt ?? retiredAt ?? createdAt, place),
  });

  async function describe(key: KeyState) {
    const { id, inUse, retiredAt, compromisedAt } = key;
    const at = `/admin/keys/${id}`;
    const isOut = compromisedAt !== null;
    const mayRetire = !inUse && retiredAt === null && !isOut;
    const steps: Step[] = [
      ...(inUse ? (['rotation'] as const) : []),
      ...(mayRetire ? (['retirement'] as const) : []),
      ...(isOut ? [] : (['compromise'] as const)),
    ];
    return {
      ...factsOf(key),
      state: isOut ? 'compromised' : retiredAt !== null ? 'retired' : inUse ? 'inUse' : 'resting',
      replacing: isOut ? await replacingOf(id) : null,
      steps: steps.map(step => ({ href: `${at}/${step}`, text: t(`keys.${step}.link`) })),
    };
  }

  return router;
}
