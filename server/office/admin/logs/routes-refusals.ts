import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { csvRoutes, exportCsv } from '../../../platform/http/files/exported-csv.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { administratorsOnly } from '../../../platform/http/security/guards.js';
import {
  REFUSAL_KINDS,
  refusalsBefore,
  type RefusalFilter,
} from '../../../platform/http/security/refusals.js';
import { hereIn } from '../../../platform/i18n/spoken.js';
import { isId } from '../../../platform/lib/ids.js';
import { parseInteger } from '../../../platform/lib/numbers.js';
import { signedIn } from '../../../policy.js';
import { refusalsPage, refusalsTable, REFUSALS_PAGE } from './refusals-page.js';

const HOME = '/admin/refusals';

/** What was refused: wrong passwords, things that somebody may not see or do, and limits of tries. */
export function refusalPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.use([HOME, `${HOME}.csv`, `${HOME}.csv-metadata.json`], administratorsOnly(deps.config));
  router.get(HOME, on(list));
  csvRoutes(router, `${HOME}.csv`, on(send));
  return router;
}

async function list({ show, config, refusals }: WebDeps, req: Request, res: Response): Promise<void> {
  await refusals.write();
  const filter = filterIn(req);
  const found = await refusalsBefore(filter, { after: placeIn(req), limit: REFUSALS_PAGE });
  const values = await refusalsPage(found, filter, hereIn(config.timeZone));
  show(req, res, 'office/admin/logs/refusals', values, { nav: 'admin' });
}

async function send({ clock, refusals }: WebDeps, req: Request, res: Response): Promise<void> {
  await refusals.write();
  const filter = filterIn(req);
  const table = refusalsTable(after => refusalsBefore(filter, { after, limit: REFUSALS_PAGE }));
  const file = { kind: 'refusals', name: 'refusals.csv', filters: { ...filter } } as const;
  const by = { actorId: signedIn(actorOf(req)).id, organisationId: null, clock };
  await exportCsv({ req, res }, { ...file, ...table }, by);
}

/** What the address asks for; an unknown word narrows nothing. */
const filterIn = ({ query }: Request): RefusalFilter => ({
  kind: REFUSAL_KINDS.find(kind => kind === typed(query, 'kind')) ?? '',
  network: /^[\w-]{43}$/.test(typed(query, 'network')) ? typed(query, 'network') : '',
  person: isId(typed(query, 'person')) ? typed(query, 'person') : '',
});

function placeIn({ query }: Request): { at: number; id: string } | null {
  const at = parseInteger(typed(query, 'at'), { min: 0, max: Number.MAX_SAFE_INTEGER });
  const id = typed(query, 'after');
  return at === null || !/^[0-9a-f]{64}$/.test(id) ? null : { at, id };
}
