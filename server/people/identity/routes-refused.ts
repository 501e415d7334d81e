import type { Request, Response } from 'express';
import type { WebDeps } from '../../platform/http/deps.js';
import { networkOf } from '../../platform/http/security/network.js';
import { signInAddress } from './enforcement.js';
import type { ProviderFacts } from './providers/providers.js';
import { recordRefused, type AnswerRefusal } from './refused-answers.js';

/** An answer that is refused. `provider` null: nobody knows from whom it is; `organisationId`: at whose door it came, if at one. */
export interface RefusedAnswer {
  readonly reason: AnswerRefusal;
  readonly provider: ProviderFacts | null;
  readonly organisationId: string | null;
}

/** A calm page that says what to do. What nobody knows anything of may come from anybody: it is counted by its network alone. */
export async function refuseAnswer(
  { show, refusals, clock }: WebDeps,
  req: Request,
  res: Response,
  { reason, provider, organisationId }: RefusedAnswer,
): Promise<void> {
  if (provider) await recordRefused(provider, reason, clock());
  const subject = networkOf(req.ip);
  refusals.note({ kind: 'sign-in', what: 'provider', subject, userId: null }, clock());
  const again = organisationId === null ? '/sign-in/organisation' : signInAddress(organisationId);
  show(req, res, 'people/identity/refused', { reason, again }, { status: 403, nav: 'sign-in' });
}
