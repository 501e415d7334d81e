import { Router, type RequestHandler } from 'express';
import { inOrder } from './in-order.js';

/**
 * Leads a request to the routers that have something at the first part of its path, in their order. A router compares an
 * address with each of its layers, and most routers have none there. Its `stack` is that of a router with all of them. Throws where
 * an address begins with something that varies.
 */
export function byFirstPart(routers: readonly Router[]): RequestHandler & Pick<Router, 'stack'> {
  const at = new Map<string, RequestHandler[]>();
  for (const router of routers)
    for (const part of new Set(addressesOf(router).map(plainPart)))
      at.set(part, [...(at.get(part) ?? []), router]);
  const led = new Map([...at].map(([part, handlers]) => [part, inOrder(handlers)]));
  const lead: RequestHandler = (req, res, next) => {
    const handler = led.get(firstPart(req.path));
    return handler ? handler(req, res, next) : next();
  };
  return Object.assign(lead, { stack: Router().use([...routers]).stack });
}

/** What this reads of a layer of a router: Express keeps the address of each as it was given. */
interface Layer {
  readonly rawPath: string | readonly string[];
  readonly route?: { readonly path: string | readonly string[] };
  readonly handle: { readonly stack?: readonly Layer[] };
}

const addressesOf = ({ stack }: { readonly stack: readonly object[] }): string[] =>
  (stack as readonly Layer[]).flatMap(({ route, rawPath, handle }) => {
    const own = [route?.path ?? rawPath].flat();
    return own.join() !== '/' ? own : route ? own : addressesOf({ stack: handle.stack ?? [] });
  });

function plainPart(address: string): string {
  const part = firstPart(address);
  if (/[:*{}()]/.test(part)) throw new Error(`The address ${address} does not begin with a plain part`);
  return part;
}

/** Express compares addresses without regard to case. */
function firstPart(path: string): string {
  const end = path.indexOf('/', 1);
  return path.slice(1, end === -1 ? undefined : end).toLowerCase();
}
