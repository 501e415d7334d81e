import type { Command } from '../door.js';
import { runCourses } from './command-courses.js';
import { runCheck, runPublish } from './command-content.js';
import { runLeaks } from './command-leaks.js';

export const commands: readonly Command[] = [
  {
    name: 'content check',
    usage: `
  content check [--json | --language]
                                   check everything under modules/, and the language of screens; or print the language alone`,
    run: (args, { say }) => runCheck(args, say),
  },
  {
    name: 'content leaks',
    usage: `
  content leaks [--seeds N]        how much of the answers wording alone gives away, by three models`,
    run: (args, { content, say }) => runLeaks(args, content(), say),
  },
  {
    name: 'content publish',
    usage: `
  content publish                  publish everything under modules/`,
    run: (_args, { content, say, withDatabase }) => withDatabase(() => runPublish(content(), say)),
  },
  {
    name: 'courses',
    usage: `
  courses grants | requests | grant SLUG … | revoke-grant SLUG … | changes | propose SLUG …
                                   who can take a restricted course: … is --everyone, or --organisation ID-OR-NAME with
                                   --by-unit (its administrators choose) or --unit UNIT, --from DAY and --last DAY`,
    run: (args, { say, withDatabase }) => withDatabase(() => runCourses(args, say)),
  },
];
