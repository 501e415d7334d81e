import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { csvRoutes, exportCsv } from '../../../platform/http/files/exported-csv.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { isId } from '../../../platform/lib/ids.js';
import type { Actor } from '../../../policy.js';
import { navFor } from '../navigation.js';
import { organisationHead } from '../organisation-tabs.js';
import { membershipOfAccount } from '../people/own-memberships.js';
import { organisationToOpen } from '../settings/open-organisation.js';
import { readChoice } from './choice-form.js';
import { confirmRoster } from './confirm-roster.js';
import { faultsTable } from './faults-csv.js';
import { removeRoster } from './keep-roster.js';
import { NEW_PERSON } from './preview/compare.js';
import { previewRoster } from './preview-roster.js';
import { rememberedColumns, type ColumnFault, type Field } from './reading/columns.js';
import { addressesOf, columnsValues, countFigures, previewValues, sourceText } from './roster-page.js';
import { countParts, readPart } from './roster-parts.js';
import { openRosterThread } from './roster-thread.js';
import { findRoster, lastColumns, type RosterChoice, type RosterFacts } from './rosters.js';
import { showRosters, upload, type RosterDeps } from './routes-upload.js';

const HOME = '/organisations/:id/roster';
const ONE = `${HOME}/:roster`;
/** Rows of the file that are shown beside the choice of its columns. */
const FIRST = 3;

/** Lists of an organisation's people: uploaded, looked at, imported, repaired. */
export function rosterPages(web: WebDeps): Router {
  const router = Router();
  const on = handlersWith<RosterDeps>({ ...web, thread: openRosterThread() });
  router.get(HOME, on(showRosters));
  router.post(HOME, on(upload));
  router.get(ONE, on(showRoster));
  router.get(`${ONE}/columns`, on(showColumns));
  router.post(`${ONE}/preview`, on(preview));
  router.post(`${ONE}/answers`, on(answer));
  router.post(`${ONE}/confirmation`, on(confirm));
  csvRoutes(router, `${ONE}/faults.csv`, on(sendFaults));
  router.post(`${ONE}/removal`, on(remove));
  return router;
}

/** A roster in its state: its columns to choose, its preview, its progress, or what came of it. */
async function showRoster(deps: RosterDeps, req: Request, res: Response): Promise<void> {
  const { roster, head, actor, reading } = await load(deps, req);
  const to = addressesOf(roster);
  if (roster.state === 'uploaded' && roster.removedAt === null) return res.redirect(303, to.columns);
  const common = { organisation: head, name: roster.fileName, source: sourceText(roster, reading), to };
  const nav = { nav: navFor(actor) };
  if (roster.state === 'confirmed') {
    const all = await countParts(roster.id);
    const values = { ...common, done: roster.partsDone, all, isWhole: roster.chosen?.isWhole === true };
    return deps.show(req, res, 'people/organisations/roster/progress', values, nav);
  }
  if (roster.state === 'done' || roster.removedAt !== null || !roster.preview || !roster.chosen) {
    const { counts, removedAt } = roster;
    const figures = counts ? countFigures(counts, reading) : [];
    const values = {
      ...common,
      ...{ figures, faulty: counts?.fault ?? 0, isRemoved: removedAt !== null },
      stopped: await stoppedText(roster),
    };
    return deps.show(req, res, 'people/organisations/roster/result', values, nav);
  }
  const values = {
    ...common,
    ...previewValues(roster.preview, reading, await mergingBy(actor, roster)),
    isWhole: roster.chosen.isWhole,
    seen: roster.inputsHash ?? '',
    said: saidBefore(req),
  };
  deps.show(req, res, 'people/organisations/roster/preview', values, nav);
}

/** Where entries of a person are merged. Nobody merges their own. */
async function mergingBy({ id: actorId }: Actor, { organisationId, preview }: RosterFacts) {
  const own = preview?.questions.length ? await membershipOfAccount(organisationId, actorId) : null;
  return (id: string) => (id === own ? null : `/organisations/${organisationId}/people/${id}/merge`);
}

/** How far the import came, where it was given up before its end; null: it was not. */
async function stoppedText({ id, state, partsDone, rowCount, counts }: RosterFacts): Promise<string | null> {
  if (state !== 'done' || partsDone >= (await countParts(id))) return null;
  const done = Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0);
  return spoken('roster.stoppedText', { done: Math.min(done, rowCount), all: rowCount });
}

/** Why the confirmation before led back to the preview. */
function saidBefore(req: Request): 'changed' | 'busy' | 'nothing' | null {
  const why = typed(req.query, 'why');
  return why === 'changed' || why === 'busy' || why === 'nothing' ? why : null;
}

async function showColumns(deps: RosterDeps, req: Request, res: Response): Promise<void> {
  const { roster } = await load(deps, req);
  if (!isOpen(roster)) return res.redirect(303, addressesOf(roster).page);
  const last = roster.chosen ? null : await lastColumns(roster.organisationId);
  const columns = roster.chosen?.columns ?? rememberedColumns(roster.header, last);
  const chosen = roster.chosen ?? { columns, dayOrder: null, isWhole: false, makesUnits: false };
  await columnsPage(deps, req, res, {
    chosen,
    faults: {},
    isGuess: roster.chosen === null,
    wasRemembered: last !== null,
  });
}

async function preview(deps: RosterDeps, req: Request, res: Response): Promise<void> {
  const { roster, organisation } = await load(deps, req);
  const to = addressesOf(roster);
  if (!isOpen(roster)) return res.redirect(303, to.page);
  const choice = readChoice(req.body, roster.header.length);
  if (!choice.ok) return columnsPage(deps, req, res, { ...choice, isGuess: false, wasRemembered: false });
  const chosen = { ...choice.chosen, answers: roster.chosen?.answers ?? {} };
  await previewRoster(roster, chosen, { organisation, thread: deps.thread, now: deps.clock() });
  res.redirect(303, to.page);
}

/** Say of rows whether they are people who are known, and look again. */
async function answer(deps: RosterDeps, req: Request, res: Response): Promise<void> {
  const { roster, organisation } = await load(deps, req);
  const { page } = addressesOf(roster);
  if (!isOpen(roster) || !roster.chosen || !roster.preview) return res.redirect(303, page);
  if (typed(req.body, 'seen') !== roster.inputsHash) return res.redirect(303, `${page}?why=changed`);
  const given = roster.preview.questions.flatMap(({ staffNumber, like }, at) => {
    const said = typed(req.body, `answer-${at}`);
    if (said === 'new') return [[staffNumber, NEW_PERSON]];
    return said === 'same' && like.id !== null ? [[staffNumber, like.id]] : [];
  });
  const answers = { ...roster.chosen.answers, ...(Object.fromEntries(given) as RosterChoice['answers']) };
  await previewRoster(
    roster,
    { ...roster.chosen, answers },
    { organisation, thread: deps.thread, now: deps.clock() },
  );
  res.redirect(303, page);
}

async function confirm(deps: RosterDeps, req: Request, res: Response): Promise<void> {
  const { roster, organisation, actor } = await load(deps, req);
  const { page } = addressesOf(roster);
  const by = { organisation, thread: deps.thread, now: deps.clock(), actorId: actor.id };
  const confirmed = await confirmRoster(roster, typed(req.body, 'seen'), by);
  if (confirmed !== 'confirmed' && confirmed !== 'gone') return res.redirect(303, `${page}?why=${confirmed}`);
  await deps.settle();
  res.redirect(303, page);
}

/** The rows that were not imported, to be repaired and uploaded again. */
async function sendFaults(deps: RosterDeps, req: Request, res: Response): Promise<void> {
  const { roster, actor } = await load(deps, req);
  if (roster.removedAt !== null || roster.state === 'uploaded') throw new NotFound();
  const file = {
    kind: 'rows-to-repair',
    name: 'rows-to-repair.csv',
    filters: { rosterId: roster.id },
  } as const;
  const by = { actorId: actor.id, organisationId: roster.organisationId, clock: deps.clock };
  await exportCsv({ req, res }, { ...file, ...faultsTable(roster.header, partsOf(roster), spoken) }, by);
}

async function* partsOf({ id, partCount }: RosterFacts) {
  for (let number = 0; number < partCount; number += 1) {
    const part = await readPart(id, number);
    if (part) yield part;
  }
}

async function remove(deps: RosterDeps, req: Request, res: Response): Promise<void> {
  const { roster, actor } = await load(deps, req);
  await removeRoster(roster.id, { actorId: actor.id, now: deps.clock() });
  res.redirect(303, `/organisations/${roster.organisationId}/roster?done=roster-removed`);
}

interface Choosing {
  readonly chosen: Omit<RosterChoice, 'answers'>;
  readonly faults: Partial<Record<Field, ColumnFault>>;
  readonly isGuess: boolean;
  readonly wasRemembered: boolean;
}

async function columnsPage(deps: RosterDeps, req: Request, res: Response, choosing: Choosing): Promise<void> {
  const { roster, head, actor, reading } = await load(deps, req);
  const { chosen, faults, isGuess, wasRemembered } = choosing;
  const first = (await readPart(roster.id, 0))?.rows.slice(0, FIRST) ?? [];
  const errors = Object.fromEntries(
    Object.entries(faults).map(([field, fault]) => [field, spoken(`roster.columnFault.${fault}`)]),
  );
  const values = {
    organisation: head,
    name: roster.fileName,
    source: sourceText(roster, reading),
    to: addressesOf(roster),
    ...{ isGuess, wasRemembered },
    ...columnsValues(roster, chosen, { first, errors }, reading),
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  deps.show(req, res, 'people/organisations/roster/columns', values, { status, nav: navFor(actor) });
}

/** Whether its columns can still be chosen. */
const isOpen = ({ state, removedAt }: RosterFacts): boolean =>
  removedAt === null && (state === 'uploaded' || state === 'previewed');

/** The roster that an address names, for whoever administers its organisation; 404 for everybody else. */
async function load({ config }: RosterDeps, req: Request) {
  const { organisation, actor } = await organisationToOpen(
    actorOf(req),
    req.params.id,
    'organisation.administer',
  );
  const { roster: id } = req.params;
  const roster = isId(id) ? await findRoster(organisation.id, id) : null;
  if (!roster) throw new NotFound();
  const reading = { t: spoken, place: hereIn(config.timeZone) };
  return { roster, organisation, actor, reading, head: organisationHead(organisation, actor) };
}
