import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../../errors.js';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { parseForm, typed } from '../../../../platform/http/forms.js';
import { handlersWith } from '../../../../platform/http/handlers.js';
import { actorOf } from '../../../../platform/http/page.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { dayOf } from '../../../../platform/lib/days.js';
import { isId } from '../../../../platform/lib/ids.js';
import { navFor } from '../../../../people/organisations/navigation.js';
import { organisationHead } from '../../../../people/organisations/organisation-tabs.js';
import { organisationToOpen } from '../../../../people/organisations/settings/open-organisation.js';
import { isToFindUnit, unitQuery } from '../../../../people/organisations/units/unit-choice.js';
import { isInsider } from '../arrival/insiders.js';
import { endRoom, inviteAgain, makeRoom, openRoom, type RoomKeeping } from '../sealing/make-room.js';
import { keptHome } from '../open-room.js';
import { answerForm } from '../requests/request-forms.js';
import { answerRequest, closeRequest, requestIn } from '../requests/room-requests.js';
import { newRoom, readRoom, typedRoom } from '../sealing/room-form.js';
import { roomState } from '../room-state.js';
import { findRoom, roomsOf } from '../stored-rooms.js';
import { keptPage, roomRows } from './kept-page.js';
import { newRoomPage, offeredIn } from './new-room-page.js';
import { roomLimits } from './room-limits.js';

const HOME = '/organisations/:id/evidence/rooms';
const ROOM = `${HOME}/:room`;

/** The auditor rooms of an organisation: for those who administer it. */
export function roomKeepingPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(listRooms));
  router.get(`${HOME}/new`, on(askForRoom));
  router.post(`${HOME}/new`, on(make));
  router.get(ROOM, on(showRoom));
  router.post(`${ROOM}/opening`, on(open));
  router.post(`${ROOM}/invitation`, on(invite));
  router.post(`${ROOM}/end`, on(end));
  router.post(`${ROOM}/requests/:request/answer`, on(answer));
  router.post(`${ROOM}/requests/:request/closing`, on(close));
  return router;
}

const toKeep = (req: Request) => organisationToOpen(actorOf(req), req.params.id, 'organisation.administer');

async function listRooms({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await toKeep(req);
  const values = {
    organisation: organisationHead(organisation, actor),
    evidence: `/organisations/${organisation.id}/evidence`,
    make: `/organisations/${organisation.id}/evidence/rooms/new`,
    rooms: roomRows(await roomsOf(organisation.id), dayOf(clock(), organisation.timeZone)),
  };
  show(req, res, 'proof/reports/rooms/keeping/kept-list', values, { nav: navFor(actor) });
}

async function askForRoom(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation } = await toKeep(req);
  const offered = await offeredIn(organisation, dayOf(deps.clock(), organisation.timeZone));
  await form(deps, req, res, { values: newRoom(offered), errors: {} });
}

async function make(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { clock, secrets, settle } = deps;
  const { organisation, actor } = await toKeep(req);
  const values = typedRoom(req.body);
  if (isToFindUnit(req.body)) return form(deps, req, res, { values, errors: {} });
  const read = readRoom(req.body, await offeredIn(organisation, dayOf(clock(), organisation.timeZone)));
  if (!read.ok) return form(deps, req, res, { values, errors: read.errors });
  if (await isInsider(organisation.id, read.value.email))
    return form(deps, req, res, { values, errors: { email: spoken('errors.room-insider') } });
  const by = { organisationId: organisation.id, actorId: actor.id, now: clock() };
  const id = await makeRoom(read.value, { ...by, key: secrets.links });
  await settle();
  res.redirect(303, keptHome({ organisationId: organisation.id, id }));
}

const showRoom = (deps: WebDeps, req: Request, res: Response): Promise<void> => page(deps, req, res);

/** Open the room, once its list is made. */
async function open(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { room, by } = await load(deps, req);
  if (roomState(room, dayOf(by.now, room.timeZone)) === 'ready') await openRoom(room.id, by);
  res.redirect(303, `${keptHome(room)}?done=room-opened`);
}

async function invite(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { room, by } = await load(deps, req);
  if (roomState(room, dayOf(by.now, room.timeZone)) !== 'open') throw new NotFound();
  await deps.limits.consume(roomLimits.mail, room.id, by.now);
  await inviteAgain(room.id, by);
  res.redirect(303, `${keptHome(room)}?done=room-invited`);
}

async function end(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { room, by } = await load(deps, req);
  if (typed(req.body, 'sure') !== 'yes')
    return page(deps, req, res, { errors: { sure: spoken('errors.sure') } });
  await endRoom(room.id, by);
  res.redirect(303, `${keptHome(room)}?done=room-ended`);
}

/** Answer a request of the auditor. A room that is closed keeps its requests as they are answered until then, and may be answered still. */
async function answer(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { room, by, requestId } = await loadRequest(deps, req);
  const form = parseForm(answerForm, req.body, spoken);
  if (!form.ok)
    return page(deps, req, res, {
      errors: { [`answer-${requestId}`]: form.errors.answer ?? '' },
      answers: { [requestId]: typed(req.body, 'answer') },
    });
  await answerRequest({ requestId, answer: form.value.answer }, { ...by, roomId: room.id });
  res.redirect(303, `${keptHome(room)}?done=room-answered`);
}

async function close(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { room, by, requestId } = await loadRequest(deps, req);
  await closeRequest(requestId, { ...by, roomId: room.id });
  res.redirect(303, `${keptHome(room)}?done=room-request-closed`);
}

/** A room of the organisation in the address, for those who administer it. */
async function load({ clock }: WebDeps, req: Request) {
  const { organisation, actor } = await toKeep(req);
  const room = isId(req.params.room) ? await findRoom(req.params.room) : null;
  if (room?.organisationId !== organisation.id) throw new NotFound();
  const by: RoomKeeping = { organisationId: organisation.id, actorId: actor.id, now: clock() };
  return { organisation, actor, room, by };
}

async function loadRequest(deps: WebDeps, req: Request) {
  const loaded = await load(deps, req);
  const { request } = req.params;
  if (!isId(request) || !(await requestIn(loaded.room.id, request))) throw new NotFound();
  return { ...loaded, requestId: request };
}

/** What was typed and is not taken. */
interface Refused {
  readonly errors?: Record<string, string>;
  readonly answers?: Record<string, string>;
}

async function page(deps: WebDeps, req: Request, res: Response, { errors = {}, answers = {} }: Refused = {}) {
  const { organisation, actor, room, by } = await load(deps, req);
  const before = Number(typed(req.query, 'before')) || Number.MAX_SAFE_INTEGER;
  const values = {
    organisation: organisationHead(organisation, actor),
    ...(await keptPage(room, { today: dayOf(by.now, room.timeZone), before, answers })),
    errors,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  deps.show(req, res, 'proof/reports/rooms/keeping/kept', values, { status, nav: navFor(actor) });
}

async function form(
  deps: WebDeps,
  req: Request,
  res: Response,
  filled: { values: ReturnType<typeof typedRoom>; errors: Record<string, string> },
) {
  const { organisation, actor } = await toKeep(req);
  const today = dayOf(deps.clock(), organisation.timeZone);
  const values = {
    organisation: organisationHead(organisation, actor),
    ...(await newRoomPage(organisation, { today, query: unitQuery(req.body), ...filled })),
  };
  const status = Object.keys(filled.errors).length > 0 ? 422 : 200;
  deps.show(req, res, 'proof/reports/rooms/keeping/new', values, { status, nav: navFor(actor) });
}
