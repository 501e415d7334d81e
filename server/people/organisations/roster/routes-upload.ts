import type { Request, RequestHandler, Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { actorOf } from '../../../platform/http/page.js';
import { formsWithFiles, uploadOf } from '../../../platform/http/files/uploads.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { can, type Actor } from '../../../policy.js';
import { navFor } from '../navigation.js';
import { organisationHead } from '../organisation-tabs.js';
import { organisationToOpen } from '../settings/open-organisation.js';
import { keepRoster } from './keep-roster.js';
import { MAX_ROWS } from './reading/roster-table.js';
import { addressesOf, listedRosters } from './roster-page.js';
import type { RosterThread } from './roster-thread.js';
import { rostersOf, runningRoster } from './rosters.js';

export type RosterDeps = WebDeps & { readonly thread: RosterThread };

/** Largest file, in bytes. A form that is not much larger is read to its end, so that its page can say so. */
const MAX_FILE = 25 * 1024 * 1024;
const MAX_FORM = 40 * 1024 * 1024;
/** Rows in the list of earlier rosters. */
const LISTED = 50;

const UPLOADS = /^\/organisations\/([0-9a-f-]{36})\/roster$/;
const mayUpload = (actor: Actor | null, path: string): boolean =>
  can(actor, 'organisation.administer', { organisationId: UPLOADS.exec(path)?.[1] ?? '' });

/**
 * Reads the file of `POST /organisations/:id/roster`. One that is far too large is thrown away as it comes, and the page then
 * says so: an answer before the end would cut the connection under a browser that is still sending.
 */
export function rosterFiles(): RequestHandler {
  const read = formsWithFiles(path => UPLOADS.test(path), mayUpload, { file: MAX_FILE, form: MAX_FORM });
  return (req, res, next) => {
    const isTooLarge = Number(req.headers['content-length']) > MAX_FORM;
    if (isTooLarge && req.method === 'POST' && mayUpload(actorOf(req), req.path))
      return void req.resume().once('end', () => res.redirect(303, `${req.path}?large`));
    return read(req, res, next);
  };
}

/** The form that takes a file, and the rosters that were uploaded before. */
export const showRosters = (deps: RosterDeps, req: Request, res: Response): Promise<void> =>
  page(deps, req, res, 'large' in req.query ? spoken('roster.refused.large') : null);

/** Read a file and keep it; nobody is changed by that. */
export async function upload(deps: RosterDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await organisationToOpen(
    actorOf(req),
    req.params.id,
    'organisation.administer',
  );
  const file = uploadOf(req);
  if (!file?.name && !file?.bytes.length) return page(deps, req, res, spoken('roster.refused.none'));
  if (file.tooLarge) return page(deps, req, res, spoken('roster.refused.large'));
  const by = { actorId: actor.id, now: deps.clock() };
  const kept = await keepRoster(organisation.id, file, deps.thread, by);
  if (kept.kind === 'kept')
    return res.redirect(303, addressesOf({ id: kept.id, organisationId: organisation.id }).page);
  const blanks = { line: kept.line ?? 0, rows: MAX_ROWS };
  return page(deps, req, res, spoken(`roster.refused.${kept.refusal}`, blanks));
}

async function page(
  { show, config }: RosterDeps,
  req: Request,
  res: Response,
  problem: string | null,
): Promise<void> {
  const { organisation, actor } = await organisationToOpen(
    actorOf(req),
    req.params.id,
    'organisation.administer',
  );
  const { id: organisationId } = organisation;
  const running = await runningRoster(organisationId);
  const reading = { t: spoken, place: hereIn(config.timeZone) };
  const values = {
    organisation: organisationHead(organisation, actor),
    action: `/organisations/${organisationId}/roster`,
    running: running && {
      name: running.fileName,
      href: addressesOf({ id: running.id, organisationId }).page,
    },
    rosters: listedRosters(await rostersOf(organisationId, LISTED), organisationId, reading),
    maxRows: MAX_ROWS,
    errors: problem === null ? {} : { file: problem },
  };
  show(req, res, 'people/organisations/roster/home', values, {
    status: problem === null ? 200 : 422,
    nav: navFor(actor),
  });
}
