import type { Command } from '../../door.js';
import { runCourses } from './command-courses.js';
import { runPublish } from './command-publish.js';

export const commands: readonly Command[] = [
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
