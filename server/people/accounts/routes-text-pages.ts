import { Router } from 'express';
import type { WebDeps } from '../../platform/http/deps.js';

/** Pages that are only text: the address, and the view that holds it. */
const PAGES = {
  '/leaving': 'people/accounts/leaving',
  '/privacy': 'people/accounts/privacy',
  '/accessibility': 'people/accounts/accessibility',
} as const;

export function textPages({ show }: WebDeps): Router {
  const router = Router();
  for (const [path, view] of Object.entries(PAGES)) router.get(path, (req, res) => show(req, res, view, {}));
  return router;
}
