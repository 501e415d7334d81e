import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import { recordTaken } from '../../../platform/events/taken-files.js';
import { sendFile } from '../../../platform/http/files/files.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { signedBy, toSign } from '../../../teaching/learning/acknowledgements/signing.js';
import { findCycle } from '../../../teaching/learning/enrolments.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { findOrganisation } from '../../../people/organisations/memberships.js';
import { openMember } from '../../../people/organisations/people/open-member.js';
import { authorise, signedIn } from '../../../policy.js';
import type { IssuerDeps } from '../issuer-deps.js';
import { statementOrder } from './statement-order.js';

/** What somebody signed after a course, on paper: for themselves, and for those who may see them. */
export function statementPapers(deps: IssuerDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/learning/:cycle/acknowledgement.pdf', on(sendOwn));
  router.get('/organisations/:id/people/:membershipId/acknowledgements/:signed.pdf', on(sendOfPerson));
  return router;
}

async function sendOwn({ papers }: IssuerDeps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  const cycle = await findCycle(req.params.cycle);
  authorise(actor, 'cycle.learn', cycle);
  const found = cycle && (await toSign(cycle.id));
  const organisation = found && (await findOrganisation(found.organisationId));
  if (!found?.signed || !organisation) throw new NotFound();
  const order = await statementOrder(found.signed, { organisation, person: actor.name });
  sendPaper(res, await papers.thread.draw(order));
}

/** It leaves the organisation, so it stands in its log. */
async function sendOfPerson({ papers, clock }: IssuerDeps, req: Request, res: Response): Promise<void> {
  const open = await openMember(actorOf(req), req.params, { now: clock(), action: 'person.see' });
  const { organisation, actor, name, member } = open;
  const all = member.userId === null ? [] : await signedBy(organisation.id, member.userId);
  const signed = all.find(({ id }) => id === req.params.signed);
  if (!signed) throw new NotFound();
  const paper = await papers.thread.draw(await statementOrder(signed, { organisation, person: name }));
  const filters = { acknowledgementId: signed.id, membershipId: member.id };
  const by = { actorId: actor.id, organisationId: organisation.id, now: clock() };
  await recordTaken({ file: 'signed-statement', filters, rows: 1, sha256: sha256(paper) }, by);
  sendPaper(res, paper);
}

const sendPaper = (res: Response, body: Buffer): void =>
  sendFile(res, { name: 'acknowledgement.pdf', type: 'application/pdf', body });
