import type { Request, Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { modelItemValues, modelListValues } from './models-page.js';
import { loadModels } from './routes-load.js';

/** The model items and cases. */
export async function listModels({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const values = modelListValues(await loadModels(req), spoken);
  show(req, res, 'teaching/quizzes/preview/models', values, { nav: navFor(actorOf(req)) });
}

/** One of the items, with its key. */
export async function showModelItem({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const { items } = await loadModels(req);
  const item = items.find(({ id }) => id === req.params['item']);
  if (!item) throw new NotFound();
  show(req, res, 'teaching/quizzes/preview/item', modelItemValues(item, spoken), {
    nav: navFor(actorOf(req)),
  });
}
