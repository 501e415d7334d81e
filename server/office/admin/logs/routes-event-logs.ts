import { Router, type Request, type Response } from 'express';
import { openCheckpoints } from '../../../proof/certificates/ledger/checkpoints.js';
import { NotFound } from '../../../errors.js';
import { ACCOUNT, INSTALLATION } from '../../../platform/events/chains.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { csvRoutes, exportCsv } from '../../../platform/http/files/exported-csv.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { administratorsOnly } from '../../../platform/http/security/guards.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { isId } from '../../../platform/lib/ids.js';
import { findOrganisation } from '../../../people/organisations/memberships.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import { organisationToOpen } from '../../../people/organisations/settings/open-organisation.js';
import { signedIn } from '../../../policy.js';
import { checkedText } from './checked-text.js';
import { eventLogPage, type LogView } from './event-log-page.js';
import { eventLogTable } from './event-log-csv.js';
import { ownChainValues } from './own-chain.js';
import { administratorsEyes, organisationsEyes } from './log-reader.js';
import { answerable, parametersOf, questionIn } from './log-question.js';

const HOME = '/admin/log';
const OF_ORGANISATION = '/organisations/:id/log';

/** What was done in the installation, in accounts and in organisations; each organisation reads its own. */
export function eventLogPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  const guard = administratorsOnly(deps.config);
  router.use(HOME, guard);
  router.get(HOME, on(showLog));
  router.use([`${HOME}.csv`, `${HOME}.csv-metadata.json`], guard);
  csvRoutes(router, `${HOME}.csv`, on(sendLog));
  router.get(OF_ORGANISATION, on(showOwnLog));
  csvRoutes(router, `${OF_ORGANISATION}.csv`, on(sendOwnLog));
  return router;
}

async function showLog(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const view = await installationView(deps, req);
  const page = await eventLogPage(view, questionIn(req.query));
  const log = { ...page, chains: chainsFor(view), personHint: spoken('eventLog.personHint') };
  const checked = checkedText(openCheckpoints(deps.config.dataDir).proven(), view.place);
  deps.show(req, res, 'office/admin/logs/events', { log, checked }, { status: statusOf(log), nav: 'admin' });
}

async function showOwnLog(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { view, organisation, actor } = await organisationView(deps, req);
  const page = await eventLogPage(view, questionIn(req.query));
  const log = { ...page, chains: null, personHint: spoken('eventLog.memberHint') };
  const chain = await ownChainValues(organisation.id, view.place);
  const values = { log, chain, organisation: organisationHead(organisation, actor) };
  deps.show(req, res, 'office/admin/logs/organisation-log', values, {
    status: statusOf(log),
    nav: navFor(actor),
  });
}

const statusOf = ({ errors }: { errors: Record<string, string> }): number =>
  Object.keys(errors).length > 0 ? 422 : 200;

async function sendLog(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const view = await installationView(deps, req);
  await send(deps, { req, res }, view, isId(view.chain) ? view.chain : null);
}

async function sendOwnLog(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { view, organisation } = await organisationView(deps, req);
  await send(deps, { req, res }, view, organisation.id);
}

/** A wrong question has no file: its page says what to correct. */
async function send(
  { clock }: WebDeps,
  { req, res }: { req: Request; res: Response },
  { chain, reader, place }: LogView,
  organisationId: string | null,
): Promise<void> {
  const asked = questionIn(req.query);
  const answer = await answerable(chain, asked, { reader, zone: place.timeZone });
  if (!answer.ok) throw new NotFound();
  const { person: _, ...codes } = Object.fromEntries(parametersOf(asked));
  const file = { kind: 'event-log', name: 'log.csv', filters: { log: chain, ...codes } } as const;
  const by = { actorId: signedIn(actorOf(req)).id, organisationId, clock };
  await exportCsv({ req, res }, { ...file, ...eventLogTable(chain, answer, reader) }, by);
}

/** The log that the address names, for administrators of the installation: its own without a name. */
async function installationView({ config }: WebDeps, req: Request): Promise<LogView> {
  const chain = typed(req.query, 'log') || INSTALLATION;
  const title = await titleOf(chain);
  if (title === null) throw new NotFound();
  return {
    ...{ chain, title, home: HOME, kept: { log: chain } },
    reader: administratorsEyes,
    place: hereIn(config.timeZone),
  };
}

async function organisationView(_deps: WebDeps, req: Request) {
  const { organisation, actor } = await organisationToOpen(
    actorOf(req),
    req.params.id,
    'organisation.administer',
  );
  const { id, name, timeZone } = organisation;
  const view: LogView = {
    ...{ chain: id, title: name, home: OF_ORGANISATION.replace(':id', id), kept: {} },
    reader: organisationsEyes(id, actor),
    place: hereIn(timeZone),
  };
  return { view, organisation, actor };
}

async function titleOf(chain: string): Promise<string | null> {
  if (chain === INSTALLATION || chain === ACCOUNT) return spoken(`eventLog.chain.${chain}`);
  return isId(chain) ? ((await findOrganisation(chain))?.name ?? null) : null;
}

/** The logs to choose from: the installation's two, and the organisation's that is open. */
function chainsFor({ chain, title }: LogView) {
  const logs = [INSTALLATION, ACCOUNT, ...(isId(chain) ? [chain] : [])];
  return {
    ...{ id: 'log', name: 'log', label: spoken('eventLog.which'), value: chain },
    options: logs.map(value => ({
      value,
      label: value === chain ? title : spoken(`eventLog.chain.${value}`),
    })),
  };
}
