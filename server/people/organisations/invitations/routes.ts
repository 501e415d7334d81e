import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { listPlace, typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { isId } from '../../../platform/lib/ids.js';
import { navFor } from '../navigation.js';
import { organisationHead } from '../organisation-tabs.js';
import { organisationToOpen } from '../settings/open-organisation.js';
import { countNotInvited, countRanOut, notInvited, openInvitations } from './invitations.js';
import { invitationLimits } from './invitation-limits.js';
import { pageOfList } from '../../../platform/lib/lists/page-of-list.js';
import { invitationsValues } from './invitations-page.js';
import { addressToInvite, invite, inviteAll, withdraw } from './invite.js';

const HOME = '/organisations/:id/invitations';
/** Rows in each of the two lists. */
const PAGE = 50;

/** Who is invited to join an account to their place in an organisation: to invite, to send again, to withdraw. */
export function invitationPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(showInvitations));
  router.post(HOME, on(inviteOne));
  router.post(`${HOME}/all`, on(inviteEverybody));
  router.post(`${HOME}/:invitation/withdrawal`, on(withdrawOne));
  return router;
}

async function showInvitations({ show, config, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await toAdminister(req);
  const now = clock();
  const [afterOpen, after] = [listPlace(req.query, 'open'), listPlace(req.query)];
  const values = invitationsValues(
    {
      organisationId: organisation.id,
      open: await pageOfList(PAGE, limit => openInvitations(organisation.id, { after: afterOpen, limit })),
      people: await pageOfList(PAGE, limit => notInvited(organisation.id, { after, limit, now })),
      waiting: await countNotInvited(organisation.id, now),
      ranOut: await countRanOut(organisation.id, now),
    },
    { t: spoken, place: hereIn(config.timeZone), now },
  );
  const head = organisationHead(organisation, actor);
  show(
    req,
    res,
    'people/organisations/invitations/list',
    { organisation: head, ...values },
    { nav: navFor(actor) },
  );
}

/** Invite one person, or send them another link, from the list or (`from`) from their own page. */
async function inviteOne({ secrets, clock, limits }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await toAdminister(req);
  const membership = typed(req.body, 'membership');
  const email = isId(membership) ? await addressToInvite(organisation.id, membership) : null;
  if (email === null) throw new NotFound();
  await limits.consume(invitationLimits.mail, email, clock());
  const by = { organisationId: organisation.id, key: secrets.links, actorId: actor.id, now: clock() };
  await invite(membership, by);
  const home = `/organisations/${organisation.id}`;
  const back = typed(req.body, 'from') === 'person' ? `${home}/people/${membership}` : `${home}/invitations`;
  res.redirect(303, `${back}?done=invitation-made`);
}

async function inviteEverybody({ secrets, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await toAdminister(req);
  await inviteAll({ organisationId: organisation.id, key: secrets.links, actorId: actor.id, now: clock() });
  res.redirect(303, `/organisations/${organisation.id}/invitations?done=invitations-made`);
}

async function withdrawOne({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await toAdminister(req);
  const { invitation } = req.params;
  if (!isId(invitation)) throw new NotFound();
  await withdraw(invitation, { organisationId: organisation.id, actorId: actor.id, now: clock() });
  res.redirect(303, `/organisations/${organisation.id}/invitations?done=invitation-withdrawn`);
}

const toAdminister = (req: Request) =>
  organisationToOpen(actorOf(req), req.params.id, 'organisation.administer');
