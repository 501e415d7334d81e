import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { typed } from '../../http/forms.js';
import { handlersWith } from '../../http/handlers.js';
import { actorOf } from '../../http/page.js';
import { displayCode } from '../../lib/ids.js';
import { can } from '../../policy.js';
import { formatDate } from '../../i18n/i18n.js';
import { hereIn, spoken } from '../../i18n/spoken.js';
import { navFor } from '../navigation.js';
import { organisationHead } from '../organisation-tabs.js';
import { openTree, unitsSeen } from '../units/open-tree.js';
import { unitOptions } from '../units/unit-options.js';
import { entranceOf } from './entrances.js';
import { entryCodeText, makeEntryCodes } from './entry-codes.js';
import { MOST_ON_SHEET, peopleWithoutAddress } from './without-address.js';

const HOME = '/organisations/:id/entry';

/** Sheets of printed codes for people without an e-mail address: for those who manage them. */
export function entryCodePages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(listPeople));
  router.post(HOME, on(makeCodes));
  router.get(`${HOME}/sheet`, on(showSheet));
  return router;
}

async function listPeople({ show, clock, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, unitId, units, isWhole, people } = await load(req, clock(), req.query);
  const place = hereIn(config.timeZone);
  const values = {
    organisation: organisationHead(organisation, actor),
    home: homeOf(organisation.id),
    sheet: sheetOf(organisation.id, unitId),
    ...{ unitId, isWhole, units: await unitOptions(organisation.id, units) },
    people: people.map(({ id, name, staffNumber, userId, codeUntil }) => ({
      ...{ id, name, staffNumber },
      state: codeUntil !== null ? ('code' as const) : userId !== null ? ('pin' as const) : ('none' as const),
      until: codeUntil === null ? '' : formatDate(codeUntil, place),
    })),
    waiting: people.filter(isWithout).length,
    hasCodes: people.some(({ codeId }) => codeId !== null),
    isCut: people.length === MOST_ON_SHEET,
  };
  show(req, res, 'organisations/entry/people', values, { nav: navFor(actor) });
}

/** Codes for all who have neither a code nor a PIN, or a new one for one person. */
async function makeCodes({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, unitId, people } = await load(req, clock(), req.body);
  const one = typed(req.body, 'person');
  const chosen = people.filter(person => (one === '' ? isWithout(person) : person.id === one));
  if (one !== '' && chosen.length === 0) throw new NotFound();
  const by = { organisationId: organisation.id, actorId: actor.id, now: clock() };
  await makeEntryCodes(
    chosen.map(({ id }) => id),
    by,
  );
  res.redirect(303, sheetOf(organisation.id, unitId));
}

/** The sheet, to be printed from the browser and cut into cards. */
async function showSheet(
  { show, clock, config, secrets }: WebDeps,
  req: Request,
  res: Response,
): Promise<void> {
  const { organisation, actor, unitId, people } = await load(req, clock(), req.query);
  const entrance = await entranceOf(organisation.id, clock());
  const place = hereIn(config.timeZone);
  const values = {
    organisation: organisation.name,
    entrance,
    address: `${config.baseUrl}/staff/first`.replace(/^https?:\/\//, ''),
    back: `${homeOf(organisation.id)}?unit=${unitId}`,
    cards: people.flatMap(({ name, staffNumber, codeId, codeUntil }) =>
      codeId === null || codeUntil === null
        ? []
        : {
            ...{ name, staffNumber, code: displayCode(entryCodeText(secrets.links, codeId)) },
            until: spoken('entryCodes.until', { date: formatDate(codeUntil, place) }),
          },
    ),
  };
  show(req, res, 'organisations/entry/sheet', values, { nav: navFor(actor) });
}

const isWithout = ({ userId, codeId }: { userId: string | null; codeId: string | null }): boolean =>
  userId === null && codeId === null;

const homeOf = (organisationId: string): string => `/organisations/${organisationId}/entry`;
const sheetOf = (organisationId: string, unitId: string): string =>
  `${homeOf(organisationId)}/sheet?unit=${unitId}`;

/** The people of a unit whom the reader may see; of the whole organisation for those who manage it. Any other unit is 404. */
async function load(req: Request, now: number, from: unknown) {
  const tree = await openTree(actorOf(req), req.params.id, now);
  const { actor, organisation } = tree;
  const isWhole = can(actor, 'organisation.manage', { organisationId: organisation.id });
  const units = unitsSeen(tree, tree.today);
  const unitId = typed(from, 'unit') || (isWhole ? '' : (units[0]?.id ?? ''));
  if (unitId !== '' && !units.some(({ id }) => id === unitId)) throw new NotFound();
  const people = await peopleWithoutAddress(actor, { organisationId: organisation.id, unitId, now });
  return { ...tree, isWhole, units, unitId, people };
}
