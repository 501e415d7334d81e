import * as j01 from './learner/j01-start-in-a-lift.js';
import * as j02 from './learner/j02-lose-the-line.js';
import * as j03 from './learner/j03-notice-and-way-out.js';
import * as j04 from './learner/j04-fail-and-pass.js';
import * as j05 from './learner/j05-name-in-arabic.js';
import * as j06 from './learner/j06-whom-to-call.js';
import * as j09 from './learner/j09-renew-early.js';
import * as j10 from './learner/j10-my-data-and-erasure.js';
import * as j11 from './manager/j11-upload-the-roster.js';
import * as j12 from './manager/j12-assign-once.js';
import * as j13 from './manager/j13-nudge-only-the-reds.js';
import * as j14 from './manager/j14-waive-one-person.js';
import * as j15 from './manager/j15-classroom-of-24.js';
import * as j16 from './manager/j16-all-certificates.js';
import * as j17 from './manager/j17-move-and-merge.js';
import * as j18 from './manager/j18-fiscal-report.js';
import * as j19 from './manager/j19-see-only-my-team.js';
import * as j22 from './manager/j22-publish-a-change.js';
import * as j26 from './checker/j26-scan-the-paper.js';
import * as j27 from './checker/j27-seven-days-inside.js';
import * as j28 from './checker/j28-who-was-current.js';
import * as j29 from './checker/j29-evidence-without-a-line.js';
import * as j30 from './checker/j30-who-decided-what.js';
import * as j32 from './operator/j32-lose-the-machine.js';
import * as j34 from './manager/j34-leaver-locked-out.js';
import * as j35 from './operator/j35-days-without-mail.js';
import * as j36 from './operator/j36-rotate-the-key.js';

/** What somebody comes to the product for, walked from its beginning to its end. */
export interface Job {
  /** As in the list of jobs: `J4`. */
  readonly id: string;
  /** What was done in the walk, in the past tense. */
  readonly title: string;
  /** Does it, in a world that is open and in which nobody is yet; throws where it cannot be done. */
  readonly walk: () => Promise<void>;
}

/**
 * Every job that has a walk, in order. They are named here and not looked up: a file that is imported by a name that is made up
 * would come with modules of its own.
 */
export const JOBS: readonly Job[] = [
  j01,
  j02,
  j03,
  j04,
  j05,
  j06,
  j09,
  j10,
  j11,
  j12,
  j13,
  j14,
  j15,
  j16,
  j17,
  j18,
  j19,
  j22,
  j26,
  j27,
  j28,
  j29,
  j30,
  j32,
  j34,
  j35,
  j36,
];
