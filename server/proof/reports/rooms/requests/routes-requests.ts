import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../../errors.js';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { parseForm, typed } from '../../../../platform/http/forms.js';
import { handlersWith } from '../../../../platform/http/handlers.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { isId } from '../../../../platform/lib/ids.js';
import { navFor } from '../../../../people/organisations/navigation.js';
import { authorise, can } from '../../../../policy.js';
import { asThing, type OpenRoom } from '../open-room.js';
import { roomHead } from '../inside/room-head.js';
import { peopleNumbered } from '../sealing/room-people.js';
import { inside } from '../routes-inside.js';
import { askForm } from './request-forms.js';
import { askedValues } from './asked-values.js';
import { askInRoom, closeRequest, requestIn, requestsIn } from './room-requests.js';

const REQUESTS = '/rooms/:room/requests';

/** What an auditor asks to be shown: the list, a new request, and closing one. */
export function roomRequestPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(REQUESTS, on(inside(showRequests)));
  router.post(REQUESTS, on(inside(ask)));
  router.post(`${REQUESTS}/:request/closing`, on(inside(close)));
  return router;
}

const showRequests = (deps: WebDeps, open: OpenRoom, req: Request, res: Response): Promise<void> =>
  page(deps, open, { req, res }, { values: { asks: '', person: typed(req.query, 'person') }, errors: {} });

async function ask(deps: WebDeps, open: OpenRoom, req: Request, res: Response): Promise<void> {
  authorise(open.actor, 'room.ask', asThing(open.room, open.state));
  const values = { asks: typed(req.body, 'asks'), person: typed(req.body, 'person').trim() };
  const form = parseForm(askForm, req.body, spoken);
  const number = await numberOf(open, values.person);
  const errors = {
    ...(form.ok ? {} : form.errors),
    ...(number === undefined ? { person: spoken('errors.room-person') } : {}),
  };
  if (!form.ok || number === undefined) return page(deps, open, { req, res }, { values, errors });
  const { id: roomId, organisationId } = open.room;
  const by = { roomId, organisationId, actorId: open.actor.id, now: deps.clock() };
  await askInRoom({ asks: form.value.asks, number }, by);
  res.redirect(303, `${open.home}/requests?done=room-asked`);
}

async function close(deps: WebDeps, open: OpenRoom, req: Request, res: Response): Promise<void> {
  authorise(open.actor, 'room.ask', asThing(open.room, open.state));
  const { id: roomId, organisationId } = open.room;
  const { request } = req.params;
  if (!isId(request) || !(await requestIn(roomId, request))) throw new NotFound();
  await closeRequest(request, { roomId, organisationId, actorId: open.actor.id, now: deps.clock() });
  res.redirect(303, `${open.home}/requests?done=room-request-closed`);
}

/** The number that was typed, if the room has it; null where nothing was; undefined: nobody has it. */
async function numberOf({ room }: OpenRoom, typedNumber: string): Promise<number | null | undefined> {
  if (typedNumber === '') return null;
  const number = /^\d{1,9}$/.test(typedNumber) ? Number(typedNumber) : 0;
  return (await peopleNumbered(room.id, [number]))[0]?.number;
}

/** The form as it was filled in, with what is wrong. */
interface Filled {
  readonly values: { asks: string; person: string };
  readonly errors: Record<string, string>;
}

async function page(
  { show }: WebDeps,
  open: OpenRoom,
  { req, res }: { req: Request; res: Response },
  { values, errors }: Filled,
): Promise<void> {
  const requests = await requestsIn(open.room.id);
  const shown = {
    room: roomHead(open),
    action: `${open.home}/requests`,
    mayAsk: can(open.actor, 'room.ask', asThing(open.room, open.state)),
    requests: requests.map(each => askedValues(open.room, each)),
    ...{ values, errors },
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'proof/reports/rooms/requests', shown, { status, nav: navFor(open.actor) });
}
