import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../../errors.js';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { typed, typedDay } from '../../../../platform/http/forms.js';
import { sendFile } from '../../../../platform/http/files/files.js';
import { handlersWith } from '../../../../platform/http/handlers.js';
import {
  CSV_METADATA_TYPE,
  csvMetadata,
  csvMetadataName,
} from '../../../../platform/lib/text/csv-metadata.js';
import { navFor } from '../../../../people/organisations/navigation.js';
import { sendSealed } from '../../sealed/routes-send.js';
import { findSealed } from '../../sealed/sealed-files.js';
import { shownText } from '../../overview-figures.js';
import { askedChanges, changesPage } from './changes-page.js';
import { syllabusPage } from './syllabus-page.js';
import { historyPage } from '../history/history-page.js';
import type { OpenRoom } from '../open-room.js';
import { noteReading, type OpenedPage } from '../readings.js';
import { lookedAt, readingValues } from '../reading-values.js';
import { hrefOf } from '../../standing-filters.js';
import { dayFilters, otherRoomDay, roomDay, roomDayForm, whenIn } from '../room-day.js';
import { roomHead } from './room-head.js';
import { roomList } from './room-list.js';
import { roomOverview } from './room-overview.js';
import { aboutList } from '../sealing/about-list.js';
import { listColumns } from '../sealing/sealed-list.js';
import { inside } from '../routes-inside.js';
import { askedSample, samplePage } from './sample-page.js';

const ROOM = '/rooms/:room';

/** What is read in an auditor's room, by its auditor; those who keep the organisation see the same pages. */
export function roomPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(ROOM, on(inside(showOverview)));
  router.get(`${ROOM}/day`, on(inside(chooseDay)));
  router.get(`${ROOM}/people`, on(inside(showPeople)));
  router.get(`${ROOM}/people/:number`, on(inside(showPerson)));
  router.get(`${ROOM}/sample`, on(inside(showSample)));
  router.get(`${ROOM}/changes`, on(inside(showChanges)));
  router.get(`${ROOM}/courses/:version`, on(inside(showCourse)));
  router.get(`${ROOM}/list.csv`, on(inside(sendList)));
  router.get(csvMetadataName(`${ROOM}/list.csv`), on(inside(describeList)));
  router.get(`${ROOM}/log`, on(inside(showLog)));
  return router;
}

/** Writes down what the auditor opens, before it is shown. */
const read = ({ clock }: WebDeps, open: OpenRoom, page: OpenedPage['page'], about = ''): Promise<void> =>
  noteReading(open, { page, about }, clock());

const options = (open: OpenRoom, status = 200) => ({ status, nav: navFor(open.actor) });

async function showOverview(deps: WebDeps, open: OpenRoom, req: Request, res: Response): Promise<void> {
  const look = await roomDay(open, req.query);
  await read(deps, open, 'overview', lookedAt(look));
  const values = await roomOverview(look);
  deps.show(
    req,
    res,
    'proof/reports/rooms/inside/overview',
    { room: roomHead(open), ...values },
    options(open),
  );
}

/** Asks for another day; once it is there, leads to it. */
async function chooseDay({ show }: WebDeps, open: OpenRoom, req: Request, res: Response): Promise<void> {
  const look = await roomDay(open, req.query);
  const page = (days: Parameters<typeof roomDayForm>[1], errors: Record<string, string>, status: number) =>
    show(
      req,
      res,
      'proof/reports/rooms/inside/day',
      { room: roomHead(open), ...roomDayForm(look, days, errors) },
      options(open, status),
    );
  if (!('on-year' in req.query)) return page(null, {}, 200);
  const days = { on: typedDay(req.query, 'on'), known: typedDay(req.query, 'known') };
  const { href, errors } = otherRoomDay(look, days);
  if (href === null) return page(days, errors, 422);
  res.redirect(303, href);
}

async function showPeople(deps: WebDeps, open: OpenRoom, req: Request, res: Response): Promise<void> {
  const look = await roomDay(open, req.query);
  await read(deps, open, 'people', lookedAt(look));
  const query = typed(req.query, 'query').trim();
  const after = numberIn(typed(req.query, 'after')) ?? 0;
  const { shown, requirement, on, known } = look.filters;
  const values = {
    when: whenIn(look),
    shown: shown && shownText(shown),
    all: hrefOf(`${open.home}/people`, dayFilters(look)),
    action: `${open.home}/people`,
    kept: Object.entries({ requirement, on, known }).flatMap(([name, value]) =>
      value === null ? [] : { name, value },
    ),
    query,
    ...(await roomList(look, { after, query })),
  };
  deps.show(
    req,
    res,
    'proof/reports/rooms/inside/people',
    { room: roomHead(open), ...values },
    options(open),
  );
}

async function showPerson(deps: WebDeps, open: OpenRoom, req: Request, res: Response): Promise<void> {
  const number = numberIn(String(req.params.number));
  if (number === null) throw new NotFound();
  const look = await roomDay(open, req.query);
  const values = await historyPage(look, number);
  await read(deps, open, 'person', `${number}/${lookedAt(look)}`);
  deps.show(
    req,
    res,
    'proof/reports/rooms/inside/person',
    { room: roomHead(open), ...values },
    options(open),
  );
}

async function showSample(deps: WebDeps, open: OpenRoom, req: Request, res: Response): Promise<void> {
  const look = await roomDay(open, req.query);
  const asked = askedSample(req.query);
  if (asked.draws) await read(deps, open, 'sample', `${asked.seed}, ${asked.size}/${lookedAt(look)}`);
  const values = { when: whenIn(look), ...(await samplePage(look, asked)) };
  deps.show(
    req,
    res,
    'proof/reports/rooms/inside/sample',
    { room: roomHead(open), ...values },
    options(open, Object.keys(asked.errors).length === 0 ? 200 : 422),
  );
}

async function showChanges(deps: WebDeps, open: OpenRoom, req: Request, res: Response): Promise<void> {
  const asked = askedChanges(open, req.query);
  const { between } = asked;
  if (Object.keys(asked.errors).length === 0)
    await read(deps, open, 'changes', between ? `${between.from}/${between.to}` : '');
  const before = (name: string) => numberIn(typed(req.query, name)) ?? Number.MAX_SAFE_INTEGER;
  const look = await roomDay(open, {});
  const values = await changesPage(look, asked, { decisions: before('before'), files: before('files') });
  const status = Object.keys(asked.errors).length === 0 ? 200 : 422;
  deps.show(
    req,
    res,
    'proof/reports/rooms/inside/changes',
    { room: roomHead(open), ...values },
    options(open, status),
  );
}

async function showCourse(deps: WebDeps, open: OpenRoom, req: Request, res: Response): Promise<void> {
  const values = await syllabusPage(open, String(req.params.version));
  await read(deps, open, 'course', `${values.title}, ${values.version}`);
  deps.show(
    req,
    res,
    'proof/reports/rooms/inside/course',
    { room: roomHead(open), ...values },
    options(open),
  );
}

/** The sealed list, byte for byte. */
async function sendList(deps: WebDeps, open: OpenRoom, req: Request, res: Response): Promise<void> {
  const file = await findSealed(open.room.fileId);
  if (!file) throw new NotFound();
  await read(deps, open, 'list');
  await sendSealed(deps, file, { req, res, actorId: open.actor.id });
}

/** What the columns of the sealed list mean: no record is read for that. */
async function describeList(_deps: WebDeps, open: OpenRoom, _req: Request, res: Response): Promise<void> {
  const { room } = open;
  const table = { columns: listColumns(room), about: await aboutList(await roomDay(open, {})) };
  const body = csvMetadata(table, room.fileName);
  sendFile(res, { name: csvMetadataName(room.fileName), type: CSV_METADATA_TYPE, body });
}

async function showLog({ show }: WebDeps, open: OpenRoom, req: Request, res: Response): Promise<void> {
  const before = numberIn(typed(req.query, 'before')) ?? Number.MAX_SAFE_INTEGER;
  const values = await readingValues(open.room, { before, here: `${open.home}/log` });
  show(req, res, 'proof/reports/rooms/inside/log', { room: roomHead(open), ...values }, options(open));
}

/** A whole number as an address holds it; null: it is none, or larger than a number of ours. */
const numberIn = (text: string): number | null =>
  /^\d{1,15}$/.test(text) && Number(text) > 0 ? Number(text) : null;
