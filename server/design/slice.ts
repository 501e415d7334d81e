import type { Door } from '../door.js';
import { design } from './routes.js';

/** The parts of the interface, on a page of their own. */
export const door: Door = {
  name: 'design',
  web: { pages: deps => [design(deps)] },
};
