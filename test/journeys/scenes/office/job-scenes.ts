import { newId } from '../../../../server/platform/lib/ids.js';
import { passedAll, withBrokenSigning } from '../../../support/programs/broken-signing.js';
import { dina, signedIn } from '../../../support/people.js';
import { write } from '../../../support/rows.js';
import { refused } from '../../looks/look-refusal.js';
import { seenBy, type Scene } from '../scene.js';

/** So far ahead that the installation's own worker never takes what is due then. */
const THEN = Date.UTC(2095, 0, 1);

/** Work that fails: a certificate that could not be made yet, as its holder and administrators see it, and mail. */
export async function jobScenes(): Promise<Scene[]> {
  const [learner, admin] = [await signedIn({ name: 'Ada Marlow' }), await dina()];
  let [course, result] = ['', ''];
  await withBrokenSigning(async worker => {
    const { cycle, last } = await passedAll(learner);
    await worker.drain();
    [course, result] = [`/learning/${cycle.id}`, `/attempts/${last}`];
    await write(
      `update jobs set run_at = $1 where reaction = 'certificates.issue' and failure is not null
         and event_id in (select id from events where payload like $2)`,
      [THEN, `%"${cycle.id}"%`],
    );
  });
  const id = newId();
  await job(id, { reaction: 'mail.reset-password', state: 'failed', failure: 'refused' });
  await job(newId(), { reaction: 'status-lists.sign-stale', state: 'ready', failure: null });
  await job(newId(), { reaction: 'later.work', state: 'given-up', failure: 'unknown' });
  // Mail goes out all the same: the lane does not pause.
  await write(
    `insert into job_lanes (name, failing_since, failures, last_error)
     values ('mail', $1, 1, 'ServiceAway: ESOCKET: connect ECONNREFUSED 127.0.0.1:587') on conflict (name) do nothing`,
    [Date.now()],
  );
  await write(`insert into routines (name, last_run_at, runs) values ('test.minute', $1, 1)`, [
    Date.now() - 86_400_000,
  ]);
  const [holder, office] = [seenBy(learner.browser), seenBy(admin.browser)];
  const end = `/admin/jobs/${id}/end`;
  return [
    holder('course-delayed', course),
    holder('result-delayed', result),
    office('admin-in-trouble', '/admin'),
    office('admin-jobs', '/admin/jobs'),
    office('admin-jobs-given-up', '/admin/jobs?state=given-up'),
    office('admin-jobs-none', '/admin/jobs?kind=routine&state=given-up'),
    office('admin-job-end', end),
    office('admin-job-end-wrong', end, refused(end)),
  ];
}

const laneOf = (reaction: string) => (reaction.startsWith('mail.') ? 'mail' : 'routine');

const job = (
  id: string,
  { reaction, state, failure }: { reaction: string; state: string; failure: string | null },
) =>
  write(
    `insert into jobs (id, reaction, lane, dedupe_key, state, attempts, run_at, created_at, failure, failing_since, last_error)
     values ($1, $2, $8, $1, $3, 3, $4, $5, $6, $5, $7)`,
    [id, reaction, state, THEN, Date.now(), failure, failure && '550 5.1.1 User unknown', laneOf(reaction)],
  );
