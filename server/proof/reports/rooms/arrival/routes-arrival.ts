import { Router, type Request, type Response } from 'express';
import { invitedForm } from '../../../../people/accounts/account-forms.js';
import { accountLimits } from '../../../../people/accounts/account-limits.js';
import { addressOf } from '../../../../people/accounts/people.js';
import type { SignIn } from '../../../../people/accounts/sign-in/sign-in.js';
import { isAddressTaken } from '../../../../people/accounts/sign-up/registration.js';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { parseForm, typed } from '../../../../platform/http/forms.js';
import { handlersWith } from '../../../../platform/http/handlers.js';
import { actorOf } from '../../../../platform/http/page.js';
import { NotVouchedFor } from '../../../../errors.js';
import { networkOf } from '../../../../platform/http/security/network.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { dayOf, daysAfter } from '../../../../platform/lib/days.js';
import { dayWords } from '../../../../people/organisations/day-words.js';
import { navFor } from '../../../../people/organisations/navigation.js';
import { can, reaches, signedIn, type Actor } from '../../../../policy.js';
import { enterRoom } from '../sealing/make-room.js';
import { roomHome } from '../open-room.js';
import { roomState } from '../room-state.js';
import { roomsOfAuditor, type StoredRoom } from '../stored-rooms.js';
import { arriveByLink, openRoomOfLink } from './enter-room.js';

const PAGE = '/room-link';
const ACCOUNT = `${PAGE}/account`;

/** How an auditor comes to a room: by the mailed link, with the account of the address that it went to; and the list of their rooms. */
export function roomArrivalPages(deps: WebDeps, signIn: SignIn): Router {
  const router = Router();
  const on = handlersWith({ ...deps, ...signIn });
  router.get('/rooms', on(listOwn));
  router.get(PAGE, on(showLink));
  router.post(PAGE, on(enter));
  router.post(ACCOUNT, on(join));
  return router;
}

async function listOwn({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  const all = await roomsOfAuditor(actor.id);
  // The organisation that let them in cannot vouch for what they audit in another one.
  const rooms = all.filter(room => reaches(actor, room));
  const values = { rooms: rooms.map(room => ownRow(room, clock())) };
  show(req, res, 'proof/reports/rooms/arrival/own', values, { nav: navFor(actor) });
}

function ownRow(room: StoredRoom, now: number) {
  const state = roomState(room, dayOf(now, room.timeZone));
  const { title, organisation } = room;
  return { title, organisation, href: roomHome(room.id), state, stateText: spoken(`room.state.${state}`) };
}

const showLink = (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  page(deps, req, res, typed(req.query, 'token'));

/** Enter with the account that is signed in. Only that of the address that the link went to comes in. */
async function enter(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { limits, clock } = deps;
  const actor = signedIn(actorOf(req));
  const token = typed(req.body, 'token');
  await limits.consume(accountLimits.linkByAddress, networkOf(req.ip), clock());
  const room = await openRoomOfLink(token, clock());
  if (!room || (await barOf(room, actor)) !== null) return page(deps, req, res, token, { status: 409 });
  await limits.giveBack(accountLimits.linkByAddress, networkOf(req.ip));
  await enterRoom(room.id, { userId: actor.id, now: clock() });
  res.redirect(303, roomHome(room.id));
}

/** Make an account for the address that the link went to, sign it in, and enter with it. */
async function join(deps: WebDeps & SignIn, req: Request, res: Response): Promise<void> {
  const { limits, clock } = deps;
  const token = typed(req.body, 'token');
  const form = parseForm(invitedForm, req.body, spoken);
  if (actorOf(req)) return page(deps, req, res, token, { status: 409 });
  if (!form.ok) return page(deps, req, res, token, { errors: form.errors, status: 422 });
  await limits.consume(accountLimits.linkByAddress, networkOf(req.ip), clock());
  const room = await openRoomOfLink(token, clock());
  const arrived = await arriveByLink(form.value, clock());
  // The page says what to do instead.
  if (!room || arrived.kind !== 'arrived') return page(deps, req, res, token, { status: 409 });
  await limits.giveBack(accountLimits.linkByAddress, networkOf(req.ip));
  await deps.letIn(req, arrived.userId, { door: 'room-link', at: null });
  res.redirect(303, roomHome(room.id));
}

/** Why an account does not come in: the link went to another address, or its owner belongs to the organisation. Null: it does. */
async function barOf(room: StoredRoom, actor: Actor): Promise<'other' | 'insider' | null> {
  if (!reaches(actor, room)) throw new NotVouchedFor();
  if (!can(actor, 'room.enter', room)) return 'insider';
  if (room.auditorId !== null) return room.auditorId === actor.id ? null : 'other';
  return (await addressOf(actor.id))?.email === room.email ? null : 'other';
}

async function page(
  { show, clock }: WebDeps,
  req: Request,
  res: Response,
  token: string,
  { errors = {}, status = 200 }: { readonly errors?: Record<string, string>; readonly status?: number } = {},
): Promise<void> {
  const room = await openRoomOfLink(token, clock());
  if (!room) return show(req, res, 'proof/reports/rooms/arrival/no-link', {}, { status: 404 });
  const actor = actorOf(req);
  if (actor && room.auditorId === actor.id) return res.redirect(303, roomHome(room.id));
  const account = actor && { email: (await addressOf(actor.id))?.email ?? '', bar: await barOf(room, actor) };
  const isTaken = room.auditorId !== null || (await isAddressTaken(room.email));
  const values = {
    ...{ organisation: room.organisation, title: room.title, token, errors, account },
    until: spoken('room.until', { last: dayWords(daysAfter(room.untilDay, -1)) }),
    joining: isTaken ? null : { email: room.email, name: typed(req.body, 'name'), action: ACCOUNT },
    signIn: `/sign-in?next=${encodeURIComponent(`${PAGE}?token=${token}`)}`,
  };
  show(req, res, 'proof/reports/rooms/arrival/arrival', values, { status });
}
