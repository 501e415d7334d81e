import { join } from 'node:path';
import { projectRoot } from '../../config.js';
import type { Command } from '../../door.js';
import { runSmoke } from './command-smoke.js';

export const commands: readonly Command[] = [
  {
    name: 'smoke',
    usage: `
  smoke [--out DIR] [--course SLUG] [--serve] | smoke --help
        [--base URL --course SLUG --learner EMAIL:PASSWORD [--administrator EMAIL:PASSWORD]]
                                   take a learner through a whole course over HTTP; with --base a real certificate is left`,
    run: (args, { content, say }) =>
      runSmoke(args, { content, main: join(projectRoot, 'dist', 'server', 'main.js'), say }),
  },
];
