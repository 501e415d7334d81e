import type { Express } from 'express';
import { world } from '../support/world.js';

export interface Route {
  readonly method: string;
  readonly path: string;
}

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Record<string, boolean> };
  readonly handle?: { readonly stack?: readonly Layer[] };
}

/** Every route of the app, found in the router itself. Routers are mounted without a path of their own. */
export function allRoutes(app: Express = world().app): Route[] {
  return walk((app as unknown as { router: { stack: readonly Layer[] } }).router.stack);
}

const walk = (stack: readonly Layer[]): Route[] =>
  stack.flatMap(({ route, handle }) => [
    ...(route
      ? Object.keys(route.methods).map(method => ({ method: method.toUpperCase(), path: route.path }))
      : []),
    ...walk(handle?.stack ?? []),
  ]);

/** A route's address with every blank filled in. */
export const fill = ({ path }: Route, value: string): string =>
  path.replace(/\{\*\w+\}/g, value).replace(/:\w+/g, value);

/** The route that answers an address: the first that fits, as the router takes it. */
export const routeOf = ({ method, path }: { method: string; path: string }): string =>
  allRoutes().find(route => route.method === method && patternOf(route).test(path))?.path ?? 'none';

const patternOf = ({ path }: Route): RegExp =>
  new RegExp(
    `^${path
      .replaceAll('.', '\\.')
      .replace(/\{\*\w+\}/g, '.+')
      .replace(/:\w+/g, '[^/]+')}$`,
  );
