import type { Request, Response } from 'express';
import type { WebDeps } from '../../platform/http/deps.js';

/** What the pages behind mailed links need. */
export type MailDeps = Pick<WebDeps, 'show' | 'clock' | 'secrets'>;

/** Answers with 404, and says why a mailed link may not work. */
export const showNoLink = ({ show }: MailDeps, req: Request, res: Response): void =>
  show(req, res, 'teaching/follow-up/no-link', { noindex: true }, { status: 404 });
