import { database } from '../../../server/platform/db/connect.js';
import { onNudge } from '../../../server/platform/events/jobs/nudge.js';
import { allRoutes, routeOf } from '../../platform/http/routes-of.js';
import { raw } from '../../platform/http/raw.js';
import { fromSomewhere, reactToNews, world } from '../../support/world.js';
import type { Scene } from '../scenes/scene.js';

/** An address that somebody asked for: its route, what came, and the tables that were written meanwhile. */
export interface Reading {
  readonly route: string;
  readonly path: string;
  readonly status: number;
  readonly type: string;
  readonly wrote: readonly string[];
}

/** So many addresses of a route are read: pages of one route differ by what they show. */
const EACH = 4;

type Reader = Scene['as'];

/** For programs: no page links to them. */
const PROGRAMS = [
  '/status/revocation/1',
  '/status/revocation/1/versions/1',
  '/ledger/head',
  '/ledger/heads/1',
];

/** What stands beside a page without a link that a program could follow. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  '/certificates/:id': ['.pdf', '.json'],
  '/shared/:token': ['/credential.json', '/certificate.pdf'],
  '/learning/:cycle': ['/copies'],
  '/organisations/:id': ['/shown-name', '/paper'],
};

const besides = (path: string): string[] =>
  (BESIDE[routeTo(path)] ?? []).map(file => `${path.split('?')[0]}${file}`);

/**
 * Reads every page as those who are shown it, and what these pages link to: files and documents. Nothing else writes meanwhile: jobs
 * wait until it is over.
 */
export async function readEverything(scenes: readonly Scene[]): Promise<Reading[]> {
  await world().worker.drain();
  onNudge(() => undefined);
  const writes = watchWrites();
  const readings: Reading[] = [];
  const asked = new Map<string, Set<string>>();
  const isAnswered = (path: string): boolean =>
    readings.some(({ route, status }) => status < 400 && route === routeTo(path));
  const read = async (path: string, as: Reader): Promise<string> => {
    const route = routeTo(path);
    const before = asked.get(route) ?? new Set();
    if (route === 'none' || before.size >= EACH || before.has(path)) return '';
    asked.set(route, before.add(path));
    const headers = { ...fromSomewhere(), ...(as ? { cookie: as.cookie } : {}) };
    writes.clear();
    const { status, headers: sent, text } = await raw(path, { headers });
    readings.push({ route, path, status, type: sent['content-type']?.toString() ?? '', wrote: [...writes] });
    return text;
  };
  try {
    const links: [string, Reader][] = PROGRAMS.map(path => [path, null]);
    for (const { path, as } of scenes)
      for (const linked of [...linksIn(await read(path, as)), ...besides(path)]) links.push([linked, as]);
    for (const { method, path } of allRoutes())
      if (method === 'GET' && !/[:{]/.test(path)) links.push([path, null]);
    for (const [linked, as] of links) if (!isAnswered(linked)) await read(linked, as);
  } finally {
    writes.stop();
    reactToNews();
  }
  return readings;
}

/** The routes of which no address was found. */
export const unread = (readings: readonly Reading[]): string[] => {
  const read = new Set(readings.filter(({ status }) => status !== 404).map(({ route }) => route));
  return allRoutes()
    .filter(({ method, path }) => method === 'GET' && !read.has(path))
    .map(({ path }) => path);
};

const routes = new Map<string, string>();

/** The route of an address without its query. Each is looked for once. */
function routeTo(address: string): string {
  const [path = ''] = address.split('?');
  const route = routes.get(path) ?? routeOf({ method: 'GET', path });
  routes.set(path, route);
  return route;
}

/** What a page links to, shows, or names by its whole address. */
const linksIn = (text: string): string[] =>
  [...text.replaceAll(world().base, ' href="').matchAll(/\s(?:href|src)="(\/[^"#<\s]*)/g)].map(
    ([, path = '']) => path.replaceAll('&amp;', '&'),
  );

/** `on conflict do update` writes the table that was named before, and `for update` writes none. */
const TABLE = /\b(?:insert into|delete from|(?<!\b(?:do|for|key) )update)\s+"?(\w+)/gi;

/** The tables that this process writes. */
function watchWrites(): Set<string> & { stop: () => void } {
  const open = database() as {
    -readonly [name in keyof ReturnType<typeof database>]: ReturnType<typeof database>[name];
  };
  const { write } = open;
  const tables = new Set<string>();
  open.write = (transaction, text, params) => {
    for (const [, table = ''] of text.matchAll(TABLE)) tables.add(table.toLowerCase());
    return write(transaction, text, params);
  };
  return Object.assign(tables, { stop: () => void (open.write = write) });
}
