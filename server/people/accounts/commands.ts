import type { Command } from '../../door.js';
import { runAdministrators, runPeople } from './command-people.js';

export const commands: readonly Command[] = [
  {
    name: 'administrators',
    usage: `
  administrators list | make EMAIL | end EMAIL
                                   site administrators; we e-mail the person`,
    run: (args, { say, withDatabase }) => withDatabase(() => runAdministrators(args, say)),
  },
  {
    name: 'people',
    usage: `
  people block EMAIL --reason TEXT | unblock EMAIL
                                   sign a person out and block them, or let them in again; they keep what they earned
  people reset-factors EMAIL --reason TEXT
                                   for someone who lost their authenticator app and recovery codes: they can sign in with a password again`,
    run: (args, { say, withDatabase }) => withDatabase(() => runPeople(args, say)),
  },
];
