import { Router, type Request, type Response } from 'express';
import {
  compromiseKey,
  listKeys,
  retireKey,
  rotateKey,
  type KeyDeps,
  type KeyState,
} from './signing-keys.js';
import { openCheckpoints } from '../ledger/checkpoints.js';
import { reissueProgress } from '../lifecycle/reissue-after-compromise.js';
import { Conflict, NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { typed } from '../../http/forms.js';
import { actorOf } from '../../http/page.js';
import { formatDate } from '../../i18n/i18n.js';
import { hereIn, spoken } from '../../i18n/spoken.js';
import { authorise, signedIn } from '../../policy.js';

const STEPS = ['rotation', 'retirement', 'compromise'] as const;
type Step = (typeof STEPS)[number];

/** The keys that sign certificates: what they are, and each change after a page that asks. */
export function keyPages({ show, clock, config, secrets, settle }: WebDeps): Router {
  const router = Router();
  const t = spoken;
  const place = hereIn(config.timeZone);
  const keys: KeyDeps = {
    baseUrl: config.baseUrl,
    sealKey: secrets.issuerKeys,
    checkpoints: openCheckpoints(config.dataDir),
  };
  const guard = (req: Request) => authorise(actorOf(req), 'installation.administer', config);

  router.get('/admin/keys', async (req, res) => {
    guard(req);
    const shown = await Promise.all((await listKeys()).map(describe));
    show(req, res, 'certificates/issuer/keys', { keys: shown, log: '/issuer/keys' }, { nav: 'admin' });
  });

  for (const step of STEPS) {
    const path = `/admin/keys/:key/${step}`;
    router.get(path, async (req, res) => {
      guard(req);
      ask(req, res, step, await keyOf(req, step), {});
    });
    router.post(path, async (req, res) => {
      guard(req);
      const key = await keyOf(req, step);
      if (typed(req.body, 'sure') !== 'yes') return ask(req, res, step, key, { sure: t('errors.sure') });
      const by = { actorId: signedIn(actorOf(req)).id, now: clock() };
      if (step === 'rotation') await rotateKey(key.id, keys, by);
      if (step === 'retirement') await retireKey(key.id, keys, by);
      if (step === 'compromise') await compromiseKey(key.id, keys, by);
      await settle();
      res.redirect(303, `/admin/keys?done=${step}`);
    });
  }

  /** Throws Conflict for a step that is not open to the key: nobody is asked about what would be refused. */
  async function keyOf(req: Request, step: Step): Promise<KeyState> {
    const found = (await listKeys()).find(({ id }) => id === req.params.key);
    if (!found) throw new NotFound();
    if (!stepsOf(found).includes(step)) throw new Conflict('The key stands differently now');
    return found;
  }

  function ask(req: Request, res: Response, step: Step, key: KeyState, errors: Record<string, string>): void {
    const action = `/admin/keys/${key.id}/${step}`;
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    show(
      req,
      res,
      'certificates/issuer/key-step',
      { step, key: factsOf(key), action, errors },
      { status, nav: 'admin' },
    );
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
    return {
      ...factsOf(key),
      state: isOut ? 'compromised' : retiredAt !== null ? 'retired' : inUse ? 'inUse' : 'resting',
      replacing: isOut ? await reissueProgress(id) : null,
      steps: stepsOf(key).map(step => ({ href: `${at}/${step}`, text: t(`keys.${step}.link`) })),
    };
  }

  return router;
}

/** What may be done with a key now. */
function stepsOf({ inUse, retiredAt, compromisedAt }: KeyState): Step[] {
  if (compromisedAt !== null) return [];
  if (inUse) return ['rotation', 'compromise'];
  return retiredAt === null ? ['retirement', 'compromise'] : ['compromise'];
}
