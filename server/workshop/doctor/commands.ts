import type { Command } from '../../door.js';
import { runDoctor } from './command-doctor.js';

export const commands: readonly Command[] = [
  {
    name: 'doctor',
    usage: `
  doctor                           check everything that this installation depends on, one line each`,
    run: (_args, { say, withDatabase }) => withDatabase(config => runDoctor(config, say)),
  },
];
