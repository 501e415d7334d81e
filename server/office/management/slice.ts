import type { Door } from '../../door.js';
import { peopleOfOrganisation } from './people/routes.js';
import { team } from './routes.js';

/** The people of an organisation, for those who manage them. */
export const door: Door = {
  name: 'management',
  web: { reports: ['/team'], pages: deps => [team(deps), peopleOfOrganisation(deps)] },
};
