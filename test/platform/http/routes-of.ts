import type { Express } from 'express';
import { world } from '../../support/world.js';

export interface Route {
  readonly method: string;
  readonly path: string;
}

interface Layer {
  readonly route?: { readonly path: string | readonly string[]; readonly methods: Record<string, boolean> };
  readonly handle?: { readonly stack?: readonly Layer[] };
  /** False: mounted at a path of its own. */
  readonly slash?: boolean;
}

/**
 * Every route of the app that people use, found in the router itself: their routers are mounted without a path of their own. Those of
 * programs have one, no session and no forms (`machineRoutes`).
 */
export function allRoutes(app: Express = world().app): Route[] {
  return walk((app as unknown as { router: { stack: readonly Layer[] } }).router.stack);
}

/** The routes of programs, below the address at which they are mounted. */
export function machineRoutes(app: Express = world().app): Route[] {
  const { stack } = (app as unknown as { router: { stack: readonly Layer[] } }).router;
  return stack.filter(isMounted).flatMap(({ handle }) => walk(handle?.stack ?? []));
}

const isMounted = ({ route, slash }: Layer): boolean => !route && slash === false;

const walk = (stack: readonly Layer[]): Route[] =>
  stack
    .filter(layer => !isMounted(layer))
    .flatMap(({ route, handle }) => [
      ...(route
        ? [route.path].flat().flatMap(path => methodsOf(route).map(method => ({ method, path })))
        : []),
      ...walk(handle?.stack ?? []),
    ]);

/** Of a route for all methods, one stands for them. */
const methodsOf = ({ methods }: NonNullable<Layer['route']>): string[] =>
  Object.keys(methods).map(method => (method === '_all' ? 'GET' : method.toUpperCase()));

/** A route's address with every blank filled in. */
export const fill = ({ path }: Route, value: string): string =>
  path.replace(/\{\*\w+\}/g, value).replace(/:\w+/g, value);

/** The route that answers an address: the first that fits, as the router takes it. */
export const routeOf = ({ method, path }: { method: string; path: string }): string =>
  patternsOf(world().app).find(route => route.method === method && route.pattern.test(path))?.path ?? 'none';

type Pattern = Route & { readonly pattern: RegExp };

/** Asked for thousands of times, and the routes of an app do not change. */
const known = new WeakMap<Express, Pattern[]>();

function patternsOf(app: Express): Pattern[] {
  const patterns = known.get(app) ?? allRoutes(app).map(route => ({ ...route, pattern: patternOf(route) }));
  known.set(app, patterns);
  return patterns;
}

function patternOf({ path }: Route): RegExp {
  const source = path
    .replaceAll('.', '\\.')
    .replace(/\{\*\w+\}/g, '.+')
    .replace(/:\w+/g, '[^/]+');
  return new RegExp(`^${source}$`);
}
