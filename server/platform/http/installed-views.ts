import { join } from 'node:path';
import { projectRoot } from '../../config.js';
import { loadViews, type Views } from './views.js';

let views: Views | undefined;

/** The views of this installation, compiled once in a process. */
export const installedViews = (): Views => (views ??= loadViews({ root: join(projectRoot, 'views') }));
