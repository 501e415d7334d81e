import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { navFor } from '../../organisations/navigation.js';
import { organisationHead } from '../../organisations/organisation-tabs.js';
import { organisationToOpen } from '../../organisations/settings/open-organisation.js';
import { addDomain, domainsOf, proveDomain, removeDomain, type DomainFacts } from '../domains/domains.js';
import { askForRecord } from '../domains/name-system.js';
import { signInAddress } from '../enforcement.js';
import { domainForm } from './provider-forms.js';
import { identityLimits } from '../identity-limits.js';
import { domainRow, providerRow, signInHome } from './provider-page.js';
import { providersOf } from './providers.js';

const HOME = '/organisations/:id/sign-in';
const DOMAINS = `${HOME}/domains`;

/** How the people of an organisation sign in: its providers, and the domains of its addresses. */
export function signInSettings(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(showHome));
  router.post(DOMAINS, on(enterDomain));
  router.post(`${DOMAINS}/:domain/proof`, on(checkDomain));
  router.post(`${DOMAINS}/:domain/word`, on(takeWord));
  router.post(`${DOMAINS}/:domain/removal`, on(takeDomainAway));
  return router;
}

const showHome = (deps: WebDeps, req: Request, res: Response): Promise<void> => page(deps, req, res, {});

async function enterDomain(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await load(req);
  const form = parseForm(domainForm, req.body, spoken);
  if (!form.ok) return page(deps, req, res, form.errors);
  const by = { organisationId: organisation.id, actorId: actor.id, now: deps.clock() };
  if (!(await addDomain(form.value.domain, by)))
    return page(deps, req, res, { domain: spoken('errors.domain-known') });
  res.redirect(303, `${signInHome(organisation.id)}?done=domain-added`);
}

/** Ask the domain name system whether the record is there. */
async function checkDomain(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, domain } = await loadDomain(req);
  await deps.limits.consume(identityLimits.ask, organisation.id, deps.clock());
  const by = { organisationId: organisation.id, actorId: actor.id, now: deps.clock() };
  const answer = await askForRecord(domain);
  tell(res, domain, answer === 'there' ? await proveDomain(domain, 'record', by) : answer);
}

/** An administrator of the installation knows whose domain it is. */
async function takeWord({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, domain } = await loadDomain(req);
  if (!actor.isAdministrator) throw new NotFound();
  const by = { organisationId: organisation.id, actorId: actor.id, now: clock() };
  tell(res, domain, await proveDomain(domain, 'administrator', by));
}

/** Why a domain is not proven: its record is absent, no name server answered, or another organisation has proven it. */
const HINDRANCES = ['absent', 'unanswered', 'taken'] as const;
type Hindrance = (typeof HINDRANCES)[number];

const tell = (res: Response, { organisationId, id }: DomainFacts, outcome: 'proven' | Hindrance): void =>
  res.redirect(
    303,
    `${signInHome(organisationId)}?${outcome === 'proven' ? 'done=domain-proven' : `${outcome}=${id}`}`,
  );

async function takeDomainAway({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, domain } = await loadDomain(req);
  await removeDomain(domain, { organisationId: organisation.id, actorId: actor.id, now: clock() });
  res.redirect(303, `${signInHome(organisation.id)}?done=domain-removed`);
}

const load = (req: Request) => organisationToOpen(actorOf(req), req.params.id, 'organisation.administer');

async function loadDomain(req: Request) {
  const open = await load(req);
  const domain = (await domainsOf(open.organisation.id)).find(({ id }) => id === req.params.domain);
  if (!domain) throw new NotFound();
  return { ...open, domain };
}

async function page(
  deps: WebDeps,
  req: Request,
  res: Response,
  errors: Record<string, string>,
): Promise<void> {
  const { organisation, actor } = await load(req);
  const [providers, domains] = [await providersOf(organisation.id), await domainsOf(organisation.id)];
  const asked = HINDRANCES.flatMap(outcome =>
    domains.filter(({ id }) => id === req.query[outcome]).map(({ domain }) => ({ outcome, domain })),
  );
  const values = {
    organisation: organisationHead(organisation, actor),
    home: signInHome(organisation.id),
    link: providers.some(({ state }) => state !== 'off')
      ? `${deps.config.baseUrl}${signInAddress(organisation.id)}`
      : null,
    providers: providers.map(providerRow),
    domains: domains.map(domain => domainRow(domain, hereIn(organisation.timeZone))),
    others: [
      { href: `/organisations/${organisation.id}/provisioning`, text: spoken('provisioning.heading') },
      { href: `/organisations/${organisation.id}/tokens`, text: spoken('apiTokens.heading') },
    ],
    asked: asked[0] ?? null,
    mayVouch: actor.isAdministrator,
    typed: typed(req.body, 'domain'),
    errors,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  deps.show(req, res, 'people/identity/settings', values, { status, nav: navFor(actor) });
}
