import type { Door } from '../../door.js';
import { routes } from './routes.js';

/** Pages for those who administer the installation. */
export const door: Door = {
  name: 'admin',
  web: {
    proofFirst: [
      '/admin/log.csv',
      '/admin/people/:id/appointment',
      '/admin/people/:id/dismissal',
      '/admin/refusals.csv',
      '/organisations/:id/log.csv',
    ],
    pages: deps => [routes(deps)],
  },
};
