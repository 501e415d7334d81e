import { join } from 'node:path';
import { projectRoot } from '../../../server/config.js';
import { loadContent } from '../../../server/teaching/content/load/load.js';

type Loaded = Extract<ReturnType<typeof loadContent>, { ok: true }>;

let loaded: Loaded | undefined;

/** The content of the program. Reading it takes a second, so a process reads it once; the files of tests that share it cannot change it. */
export function ownContent(): Loaded {
  return (loaded ??= load());
}

function load(): Loaded {
  const found = loadContent(join(projectRoot, 'modules'));
  if (!found.ok) throw new Error('The content has faults: run "npm run cli -- content check"');
  freeze(found.content);
  return found;
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  Object.values(value).forEach(freeze);
}
