import type { Door } from '../../door.js';
import { design } from './routes.js';

/** The interface components, on one page. */
export const door: Door = {
  name: 'design',
  web: { pages: deps => [design(deps)] },
};
