import type { Command } from '../../door.js';
import { runRequirements } from './rules/command-requirements.js';

export const commands: readonly Command[] = [
  {
    name: 'requirements',
    usage: `
  requirements list ORGANISATION | show ORGANISATION ID
                                   what an organisation requires of its people, each as its sentence; one with all its versions`,
    run: (args, { say, withDatabase }) => withDatabase(() => runRequirements(args, say)),
  },
];
