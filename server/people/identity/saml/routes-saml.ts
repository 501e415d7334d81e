import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed, wholeText } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { networkOf } from '../../../platform/http/security/network.js';
import { isId } from '../../../platform/lib/ids.js';
import { answerAddress, ourselvesAt, SAML_ANSWER } from '../conversation.js';
import { identityLimits } from '../identity-limits.js';
import { findProvider } from '../providers/providers.js';
import { refuseAnswer } from '../routes-refused.js';
import { keepResponse } from '../trips.js';
import { ownMetadata } from './own-metadata.js';
import { samlSignOutAt } from './saml-sign-out-address.js';

/** Where SAML providers read who we are, and to where they send what they say. */
export function samlPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/sign-in/organisation/:id/saml/:provider/metadata.xml', on(showMetadata));
  router.post(SAML_ANSWER, on(takeResponse));
  return router;
}

/**
 * A SAML provider lets the browser send what it says from its own page, and so without our cookies. It is kept, and the browser sent on
 * to where it has them: nothing is done here with anybody's authority.
 */
async function takeResponse(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { limits, clock } = deps;
  await limits.consume(identityLimits.answer, networkOf(req.ip), clock());
  const [state, response] = [typed(req.body, 'RelayState'), wholeText(req.body, 'SAMLResponse')];
  const organisationId = await keepResponse(state, response, clock());
  if (organisationId === null)
    return refuseAnswer(deps, req, res, { reason: 'unknown', provider: null, organisationId });
  await limits.giveBack(identityLimits.answer, networkOf(req.ip));
  res.redirect(303, `${answerAddress(deps, organisationId)}?state=${encodeURIComponent(state)}`);
}

async function showMetadata(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { id, provider: providerId } = req.params;
  const provider = isId(id) ? await findProvider(id, providerId) : null;
  if (provider?.protocol !== 'saml') throw new NotFound();
  const answer = `${deps.config.baseUrl}${SAML_ANSWER}`;
  const text = ownMetadata(ourselvesAt(deps, provider), { answer, signOut: samlSignOutAt(deps, provider) });
  res.type('application/samlmetadata+xml; charset=utf-8').send(text);
}
