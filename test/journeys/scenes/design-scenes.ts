import { GROUPS } from '../../../server/workshop/design/examples.js';
import type { Scene } from './scene.js';

/** The parts of pages (`/design`), a page for each group. */
export const designScenes = (): Scene[] =>
  ['', ...Object.keys(GROUPS).map(name => `/${name}`)].map(path => ({
    name: `design${path.replace('/', '-')}`,
    path: `/design${path}`,
    as: null,
  }));
