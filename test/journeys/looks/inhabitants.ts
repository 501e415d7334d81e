import type { Client } from '../../../server/workshop/smoke/client.js';
import { routeOf } from '../../platform/http/routes-of.js';
import { dina, signedIn } from '../../support/people.js';
import { appoint, otherOrganisation } from '../../support/roles.js';
import { world } from '../../support/world.js';
import { accessibilityFaults, htmlFaults } from './inspect.js';
import { partsOf, type Answered } from './novelty.js';
import { visit } from '../browsing/visit.js';

/**
 * Route by role: everybody asks for the address of every scene. A page that opens is right HTML; where it has a part that
 * no scene of its route has, it is looked at in the browser, too. Nobody meets a fault of ours.
 */
export async function inhabitants(pages: readonly Answered[]): Promise<string[]> {
  const known = new Map<string, Set<string>>();
  const learn = (route: string, html: string): boolean => {
    const parts = known.get(route) ?? new Set();
    const fresh = partsOf(html).filter(part => !parts.has(part));
    known.set(route, new Set([...parts, ...fresh]));
    return fresh.length > 0;
  };
  for (const page of pages) learn(routeOf(page), page.html);

  const addresses = [...new Set(pages.filter(({ method }) => method === 'GET').map(({ path }) => path))];
  const faults: string[] = [];
  for (const [role, client] of Object.entries(await cast())) {
    for (const path of addresses.filter(each => each.startsWith('/') && !each.includes('%'))) {
      const page = await client.get(path);
      const where = `${path} as ${role}`;
      if (page.status >= 500) faults.push(`${where}: ${page.status}`);
      if (page.status !== 200 || !page.headers.get('content-type')?.startsWith('text/html')) continue;
      const route = routeOf({ method: 'GET', path: page.path.split('?')[0] ?? '' });
      if (!learn(route, page.text)) continue;
      const found = [...htmlFaults(page.text), ...(await looked(client, page.path))];
      faults.push(...found.map(fault => `${where}: ${fault}`));
    }
  }
  return faults;
}

async function cast(): Promise<Record<string, Client>> {
  const [learner, manager, other, administrator] = [
    await signedIn(),
    await signedIn(),
    await signedIn(),
    await dina(),
  ];
  await appoint(manager, 'manager');
  await appoint(other, 'manager', await otherOrganisation());
  return {
    visitor: world().visitor(),
    learner: learner.browser,
    manager: manager.browser,
    'another manager': other.browser,
    administrator: administrator.browser,
  };
}

async function looked(client: Client, path: string): Promise<string[]> {
  const { page, close } = await visit(client);
  await page.goto(path);
  const faults = await accessibilityFaults(page);
  await close();
  return faults;
}
