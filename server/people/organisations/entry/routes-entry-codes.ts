import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { displayCode } from '../../../platform/lib/ids.js';
import { qrPath } from '../../../platform/lib/qr-path.js';
import { can } from '../../../policy.js';
import { formatDate } from '../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { navFor } from '../navigation.js';
import { organisationHead } from '../organisation-tabs.js';
import { openTree, unitsSeen } from '../units/open-tree.js';
import { unitOptions } from '../units/unit-options.js';
import { entranceOf } from './entrances.js';
import { entryCodeText, makeEntryCodes } from './entry-codes.js';
import { peopleWithAddress, peopleWithoutAddress, type AskedCards } from './without-address.js';

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
  const { organisation, actor, units, isWhole, people, part, parts, asked } = await load(
    req,
    clock(),
    req.query,
  );
  const { unitId, query, withAddress } = asked;
  const addressed = await peopleWithAddress(actor, asked);
  const place = hereIn(config.timeZone);
  const values = {
    organisation: organisationHead(organisation, actor),
    home: homeOf(organisation.id),
    sheet: sheetOf(organisation.id, { asked, part }),
    ...{ unitId, query, withAddress, isWhole, units: await unitOptions(organisation.id, units) },
    addressed: addressed.people === 0 ? null : addressedText(addressed),
    otherHref: listOf(organisation.id, { ...asked, withAddress: !withAddress }),
    people: people.map(({ codeUntil, ...person }) => ({
      ...{ id: person.id, name: person.name, staffNumber: person.staffNumber },
      state: stateOf({ ...person, codeUntil }),
      until: codeUntil === null ? '' : formatDate(codeUntil, place),
    })),
    waiting: people.filter(isWithout).length,
    hasCodes: people.some(({ codeId }) => codeId !== null),
    ...{ part, parts: partLinks(asked, parts) },
  };
  show(req, res, 'people/organisations/entry/people', values, { nav: navFor(actor) });
}

function stateOf({ getsCard, codeUntil, userId }: Listed): 'other' | 'code' | 'pin' | 'none' {
  if (!getsCard) return 'other';
  if (codeUntil !== null) return 'code';
  return userId !== null ? 'pin' : 'none';
}

/** How many have an address: they are invited, and need no card. */
const addressedText = ({ people, invited }: { people: number; invited: number }): string =>
  `${spoken('entryCodes.addressed', { count: people })} ${spoken('entryCodes.addressedInvited', { count: invited })}`;

/** The other parts of a long list; none where there is one. */
const partLinks = (asked: AskedCards, parts: number) =>
  parts === 1
    ? []
    : Array.from({ length: parts }, (_, at) => ({
        number: at + 1,
        href: listOf(asked.organisationId, asked, at + 1),
      }));

/** What a list asks for, as the addresses of its pages say it. */
const asWords = ({ unitId, query, withAddress }: AskedCards, part: number): string =>
  [
    `unit=${unitId}`,
    ...(query === '' ? [] : [`query=${encodeURIComponent(query)}`]),
    ...(withAddress ? ['with=address'] : []),
    ...(part > 1 ? [`part=${part}`] : []),
  ].join('&');

const listOf = (organisationId: string, asked: AskedCards, part = 1): string =>
  `${homeOf(organisationId)}?${asWords(asked, part)}`;

/** Codes for all of a part who have neither a code nor a PIN, or a new one for one person, from the list or (`from`) their own page. */
async function makeCodes({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, people, part, asked } = await load(req, clock(), req.body);
  const one = typed(req.body, 'person');
  const chosen = people.filter(person => person.getsCard && (one !== '' || isWithout(person)));
  const by = { organisationId: organisation.id, actorId: actor.id, now: clock() };
  await makeEntryCodes(
    chosen.map(({ id }) => id),
    by,
  );
  // The list says why, and whom to ask.
  if (one !== '' && chosen.length === 0) return res.redirect(303, homeOf(organisation.id));
  const only = typed(req.body, 'from') === 'person' ? one : '';
  res.redirect(303, sheetOf(organisation.id, only === '' ? { asked, part } : { only }));
}

/** The sheet, to be printed from the browser and cut into cards. */
async function showSheet(
  { show, clock, config, secrets }: WebDeps,
  req: Request,
  res: Response,
): Promise<void> {
  const { organisation, actor, only, people, part, asked } = await load(req, clock(), req.query);
  const entrance = await entranceOf(organisation.id, clock());
  const place = hereIn(config.timeZone);
  const values = {
    organisation: organisation.name,
    entrance,
    address: `${config.baseUrl}/staff/first`.replace(/^https?:\/\//, ''),
    // Only what all cards have in common: a picture of a card, or the history of a device, lets nobody in, and names nobody.
    qr: qrPath(`${config.baseUrl}/staff/first?organisation=${entrance}`),
    back:
      only === ''
        ? {
            href: listOf(organisation.id, asked, part),
            text: spoken('entryCodes.heading'),
          }
        : { href: `/organisations/${organisation.id}/people/${only}`, text: people[0]?.name ?? '' },
    cards: people.flatMap(({ name, staffNumber, codeId, codeUntil, getsCard }) =>
      codeId === null || codeUntil === null || !getsCard
        ? []
        : {
            ...{ name, staffNumber, code: displayCode(entryCodeText(secrets.links, codeId)) },
            until: spoken('entryCodes.until', { date: formatDate(codeUntil, place) }),
          },
    ),
  };
  show(req, res, 'people/organisations/entry/sheet', values, { nav: navFor(actor) });
}

type Listed = Pick<
  Awaited<ReturnType<typeof peopleWithoutAddress>>['people'][number],
  'userId' | 'codeUntil' | 'getsCard'
>;

const isWithout = ({ userId, codeId }: { userId: string | null; codeId: string | null }): boolean =>
  userId === null && codeId === null;

const homeOf = (organisationId: string): string => `/organisations/${organisationId}/entry`;
const sheetOf = (
  organisationId: string,
  of: { readonly asked: AskedCards; readonly part: number } | { readonly only: string },
): string => {
  const which = 'only' in of ? `person=${of.only}` : asWords(of.asked, of.part);
  return `${homeOf(organisationId)}/sheet?${which}`;
};

/** The people of a unit, or the one person, whom the reader may see; of the whole organisation for those who manage it. Any other unit is 404. */
async function load(req: Request, now: number, from: unknown) {
  const tree = await openTree(actorOf(req), req.params.id, now);
  const { actor, organisation } = tree;
  const isWhole = can(actor, 'organisation.manage', { organisationId: organisation.id });
  const units = unitsSeen(tree, tree.today);
  const only = typed(from, 'person');
  const unitId = typed(from, 'unit') || (isWhole || only !== '' ? '' : (units[0]?.id ?? ''));
  if (unitId !== '' && !units.some(({ id }) => id === unitId)) throw new NotFound();
  const [query, withAddress] = [typed(from, 'query').trim(), typed(from, 'with') === 'address'];
  const asked: AskedCards = { organisationId: organisation.id, unitId, only, now, query, withAddress };
  const part = Math.max(1, Math.trunc(Number(typed(from, 'part'))) || 1);
  const found = await peopleWithoutAddress(actor, asked, part);
  if (only !== '' && found.people.length === 0) throw new NotFound();
  return { ...tree, isWhole, units, only, asked, ...found };
}
