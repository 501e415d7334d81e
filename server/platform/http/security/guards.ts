import type { RequestHandler } from 'express';
import type { Config } from '../../../config.js';
import { authorise } from '../../../policy.js';
import { actorOf } from '../page.js';

/**
 * Lets only administrators pass: visitors are sent to sign-in, anybody else gets 404. Used once, before the routes of a router:
 * `router.use('/admin/regrades', administratorsOnly(config))`.
 */
export const administratorsOnly =
  (config: Config): RequestHandler =>
  (req, _res, next) => {
    authorise(actorOf(req), 'installation.administer', config);
    next();
  };
