import { Router, type Request, type Response } from 'express';
import { Conflict, NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith, type Handler } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { administratorsOnly } from '../../../platform/http/security/guards.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { signedIn } from '../../../policy.js';
import { KEY_STEPS, keyFacts, keyValues, keyStepsOf, type KeyStep } from './keys-page.js';
import {
  compromiseKey,
  listKeys,
  retireKey,
  rotateKey,
  type KeyDeps,
  type KeyState,
} from './signing-keys.js';

const HOME = '/admin/keys';

type Deps = WebDeps & { readonly keys: KeyDeps };

/** The keys that sign certificates, for administrators: their states, and a page that asks before each step. */
export function keyRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith({ ...deps, keys: keyDeps(deps) });
  router.use(HOME, administratorsOnly(deps.config));
  router.get(HOME, on(showKeys));
  for (const step of KEY_STEPS) {
    router.get(`${HOME}/:key/${step}`, on(askBefore(step)));
    router.post(`${HOME}/:key/${step}`, on(take(step)));
  }
  return router;
}

const keyDeps = ({ config, secrets }: WebDeps): KeyDeps => ({
  baseUrl: config.baseUrl,
  sealKey: secrets.issuerKeys,
});

async function showKeys({ show, config }: Deps, req: Request, res: Response): Promise<void> {
  const place = hereIn(config.timeZone);
  const keys = await Promise.all((await listKeys()).map(key => keyValues(key, place)));
  show(req, res, 'proof/certificates/issuer/keys', { keys, log: '/issuer/keys' }, { nav: 'admin' });
}

const askBefore =
  (step: KeyStep): Handler<Deps> =>
  async (deps, req, res) =>
    ask(deps, req, res, { step, key: await loadKey(req, step), errors: {} });

const take =
  (step: KeyStep): Handler<Deps> =>
  async (deps, req, res) => {
    const key = await loadKey(req, step);
    if (typed(req.body, 'sure') !== 'yes')
      return ask(deps, req, res, { step, key, errors: { sure: spoken('errors.sure') } });
    await VERBS[step](key.id, deps.keys, { actorId: signedIn(actorOf(req)).id, now: deps.clock() });
    await deps.settle();
    res.redirect(303, `${HOME}?done=${step}`);
  };

const VERBS = { rotation: rotateKey, retirement: retireKey, compromise: compromiseKey };

/** Throws Conflict for a step that is not open to the key, so that nobody is asked about what would be refused. */
async function loadKey(req: Request, step: KeyStep): Promise<KeyState> {
  const found = (await listKeys()).find(({ id }) => id === req.params['key']);
  if (!found) throw new NotFound();
  if (!keyStepsOf(found).includes(step)) throw new Conflict('The key stands differently now');
  return found;
}

function ask(
  { show, config }: Deps,
  req: Request,
  res: Response,
  { step, key, errors }: { step: KeyStep; key: KeyState; errors: Record<string, string> },
): void {
  const action = `${HOME}/${key.id}/${step}`;
  const values = { step, key: keyFacts(key, hereIn(config.timeZone)), action, errors };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'proof/certificates/issuer/key-step', values, { status, nav: 'admin' });
}
