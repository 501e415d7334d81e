import { Router } from 'express';
import type { WebDeps } from '../http/deps.js';

/** Pages that are only text: the address, and the view that holds it. */
const PAGES = {
  '/leaving': 'accounts/leaving',
  '/privacy': 'accounts/privacy',
  '/accessibility': 'accounts/accessibility',
} as const;

export function textPages({ show }: WebDeps): Router {
  const router = Router();
  for (const [path, view] of Object.entries(PAGES)) router.get(path, (req, res) => show(req, res, view, {}));
  return router;
}
