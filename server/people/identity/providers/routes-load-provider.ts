import type { Request } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { actorOf } from '../../../platform/http/page.js';
import { navFor } from '../../organisations/navigation.js';
import { organisationHead } from '../../organisations/organisation-tabs.js';
import { openTree, unitsSeen, type OpenTree } from '../../organisations/units/open-tree.js';
import { can } from '../../../policy.js';
import type { DoneBy } from '../domains/domains.js';
import { findProvider, type ProviderFacts } from './providers.js';

/** An organisation's units, for somebody who administers it. */
export interface Open extends OpenTree {
  readonly units: ReturnType<typeof unitsSeen>;
  readonly by: DoneBy;
}

export async function loadOrganisation({ clock }: WebDeps, req: Request): Promise<Open> {
  const now = clock();
  const tree = await openTree(actorOf(req), req.params.id, now);
  const { organisation, actor, today } = tree;
  const organisationId = organisation.id;
  if (!can(actor, 'organisation.administer', { organisationId })) throw new NotFound();
  return { ...tree, units: unitsSeen(tree, today), by: { organisationId, actorId: actor.id, now } };
}

/** A provider, for somebody who administers its organisation. */
export interface Loaded {
  readonly open: Open;
  readonly provider: ProviderFacts;
}

export async function loadProvider(deps: WebDeps, req: Request): Promise<Loaded> {
  const open = await loadOrganisation(deps, req);
  const provider = await findProvider(open.organisation.id, req.params.provider);
  if (!provider) throw new NotFound();
  return { open, provider };
}

/** What stands on every page about a provider, and how it is answered: with errors it is the form again. */
export const pageOf = ({ organisation, actor }: Open, errors: Readonly<Record<string, string>>) => ({
  shared: { organisation: organisationHead(organisation, actor), errors },
  answer: { status: Object.keys(errors).length > 0 ? 422 : 200, nav: navFor(actor) },
});
