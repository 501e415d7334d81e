import { expect } from 'chai';
import { row, count, write } from '../../../support/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import {
  failureOf,
  Refused,
  ServiceAway,
  type Failure,
} from '../../../../server/platform/events/jobs/failures.js';
import { enqueue } from '../../../../server/platform/events/jobs/enqueue.js';
import { fail } from '../../../../server/platform/events/jobs/queue.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import type { Lane } from '../../../../server/platform/events/jobs/job-lanes.js';
import { createRoutines } from '../../../../server/background.js';
import { en } from '../../../../server/platform/i18n/texts.js';
import { reactionsWith } from '../../../support/programs/broken-signing.js';
import { ada, cleo, dina } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { holder } from '../../../support/holders.js';
import { send } from '../../../support/pages.js';
import { claimOne } from '../../../support/claim-one.js';
import { said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';

/** A time of its own, so far ahead that the installation's own worker never takes what is due then. */
const THEN = Date.UTC(2094, 0, 1);

/** A job that waits, or has failed as told. Returns its id. */
async function job(reaction: string, lane: Lane, failure?: Failure, now = THEN): Promise<string> {
  const dedupeKey = `${reaction}:${newId()}`;
  await inTransaction(() => enqueue({ reaction, lane, dedupeKey, now }));
  if (failure) {
    const claimed = await claimOne(lane, now);
    if (claimed) await fail(claimed, failure, now);
  }
  const found = await row<{ id: string }>('select id from jobs where dedupe_key = $1', [dedupeKey]);
  return found?.id ?? '';
}

const stored = (id: string) =>
  row<{ state: string; runAt: number }>('select state, run_at as "runAt" from jobs where id = $1', [id]);

/** The jobs of a list with their states, in its order. */
const listed = (text: string) =>
  [...text.matchAll(/data-job="([^"]*)" data-state="([^"]*)"/g)].map(([, id, state]) => [id, state]);

const warningsOn = (text: string) => [...text.matchAll(/data-warning="([^"]*)"/g)].map(([, key]) => key);

const away = failureOf(new ServiceAway('connect ECONNREFUSED'));

describe('work in the background', () => {
  ownWorld();
  let admin: Awaited<ReturnType<typeof dina>>;
  before(async () => {
    await world().worker.drain();
    admin = await dina();
  });
  afterEach(async () => {
    await write(`delete from jobs where reaction like 'test.%'`);
    await write('delete from job_lanes');
  });

  const list = async (query = '') => listed((await admin.browser.get(`/admin/jobs?${query}`)).text);

  it('returns 404 to learners and managers', async () => {
    const id = await job('test.a', 'bulk');
    const [learner, manager] = [await ada(), await cleo()];
    await appoint(manager, 'manager');
    for (const { browser } of [learner, manager]) {
      for (const path of ['/admin/jobs', `/admin/jobs/${id}/end`])
        expect((await browser.get(path)).status, path).to.equal(404);
      for (const path of [`/admin/jobs/${id}/attempt`, `/admin/jobs/${id}/end`])
        expect((await send(browser, path, { sure: 'yes' })).status, path).to.equal(404);
    }
    expect(await stored(id)).to.include({ state: 'ready', runAt: THEN });
  });

  it('is listed by kind and state', async () => {
    const waiting = await job('test.waiting', 'bulk', undefined, THEN + 3);
    const retrying = await job('test.retrying', 'awaited', failureOf(new Error('no')), THEN + 2);
    const refused = await job('test.refused', 'mail', failureOf(new Refused('550')), THEN + 1);
    const all = [
      [waiting, 'waiting'],
      [retrying, 'retrying'],
      [refused, 'failed'],
    ];
    // Their time is so far ahead that they stand first.
    expect((await list()).slice(0, 3)).to.deep.equal(all);
    expect(await list('kind=mail&state=failed')).to.deep.include([refused, 'failed']);
    expect((await list('kind=awaited'))[0]).to.deep.equal([retrying, 'retrying']);
    expect((await list('state=waiting'))[0]).to.deep.equal([waiting, 'waiting']);
    for (const query of ['kind=nonsense', 'state=nonsense', 'after=nonsense', 'kind=mail&kind=bulk'])
      expect((await list(query)).slice(0, 3), query).to.deep.equal(all);
  });

  it('is listed page by page, each job once', async () => {
    await inTransaction(async () => {
      for (let n = 0; n < 120; n += 1)
        await enqueue({ reaction: 'test.many', lane: 'bulk', dedupeKey: newId(), now: THEN });
    });
    const seen: (string | undefined)[] = [];
    let next: string | undefined = '/admin/jobs?kind=bulk';
    for (let pages = 0; next && pages < 3; pages += 1) {
      const { text } = await admin.browser.get(next);
      seen.push(...listed(text).map(([id]) => id));
      next = /href="([^"]*)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(new Set(seen).size).to.equal(seen.length);
    expect(seen.length).to.be.at.least(120);
  });

  it('shows why a job failed, in words and as the program reported it', async () => {
    await job('test.a', 'mail', away);
    const { text } = await admin.browser.get('/admin/jobs?kind=mail');
    expect(text).to.include(said('jobs.failure.away')).and.include('ServiceAway: connect ECONNREFUSED');
  });

  it('links to the person and the certificate that it is about, and shows markup as text', async () => {
    const { holder: about, certificate } = await holder();
    await world().worker.drain();
    await write(
      `insert into jobs (id, reaction, event_id, lane, dedupe_key, state, run_at, created_at)
       select $1, 'test.<b>', max(id), 'bulk', $1, 'ready', $2, $2 from events
       where name = 'certificate.issued' and payload like $3`,
      [newId(), THEN, `%${certificate.id}%`],
    );
    await job('test.a', 'bulk', failureOf(new Error('<i>"odd"</i>')));
    const { text } = await admin.browser.get('/admin/jobs');
    expect(text).to.include(`href="/admin/people/${about.id}"`);
    expect(text).to.include(`href="/admin/certificates/${certificate.id}"`);
    expect(text).to.not.include('<b>').and.not.include('<i>');
  });

  it('can be retried now, even when it was refused, with the lane that it waits in', async () => {
    const refused = await job('test.a', 'mail', failureOf(new Refused('550')));
    await job('test.b', 'mail', away);
    const before = Date.now();
    const page = await send(admin.browser, `/admin/jobs/${refused}/attempt`);
    expect(page.status).to.equal(200);
    await world().worker.drain();
    const tried = await row<{ failure: string; runAt: number }>(
      'select failure, run_at as "runAt" from jobs where id = $1',
      [refused],
    );
    // The installation took it, and does not know it.
    expect(tried?.failure).to.equal('unknown');
    expect(tried?.runAt).to.be.at.least(before);
    expect(await count(`job_lanes where paused_until > $1`, [THEN])).to.equal(0);
  });

  it('is given up after a page that asks, and recorded once', async () => {
    const id = await job('test.a', 'awaited', failureOf(new Error('no')));
    const path = `/admin/jobs/${id}/end`;
    expect((await admin.browser.get(path)).status).to.equal(200);
    const unsure = await send(admin.browser, path);
    expect(unsure.status).to.equal(422);
    expect(unsure.text).to.include('id="sure-error"');
    expect((await stored(id))?.state).to.equal('ready');
    for (let time = 0; time < 2; time += 1) await send(admin.browser, path, { sure: 'yes' });
    expect((await stored(id))?.state).to.equal('given-up');
    const told = `events where name = 'job.given-up' and payload like $1`;
    expect(await count(told, [`%${id}%`])).to.equal(1);
    expect(await count(`${told} and actor_id = $2`, [`%${id}%`, admin.id])).to.equal(1);
    expect(await claimOne('awaited', THEN + 86_400_000)).to.equal(null);
    expect((await list()).flat()).to.not.include(id);
    expect(await list('state=given-up')).to.deep.include([id, 'given-up']);
  });

  it('is not given up while it runs', async () => {
    const id = await job('test.a', 'awaited');
    await claimOne('awaited', THEN);
    await send(admin.browser, `/admin/jobs/${id}/end`, { sure: 'yes' });
    expect((await stored(id))?.state).to.equal('running');
  });

  it('returns 404 for a job that is done or does not exist', async () => {
    const id = await job('test.a', 'bulk');
    await write(`update jobs set state = 'done' where id = $1`, [id]);
    for (const unknown of [id, newId(), 'nonsense']) {
      expect((await admin.browser.get(`/admin/jobs/${unknown}/end`)).status).to.equal(404);
      expect((await send(admin.browser, `/admin/jobs/${unknown}/attempt`)).status).to.equal(404);
    }
  });

  it('causes a warning on the overview from the first failure on, mail apart from the rest', async () => {
    const warned = async () => warningsOn((await admin.browser.get('/admin')).text);
    await job('test.a', 'mail', away);
    expect(await warned()).to.include('mail-away');
    await write('delete from job_lanes');
    expect(await warned())
      .to.include('mail-failing')
      .and.not.include('mail-away');
    await job('test.b', 'awaited', failureOf(new Error('no')));
    expect(await warned()).to.include('work-failing');
  });

  it('has words for each reaction and each routine', () => {
    const routines = createRoutines({} as Parameters<typeof createRoutines>[0]);
    const textOf = (path: string) =>
      `jobs.what.${path}`
        .split('.')
        .reduce<unknown>((texts, part) => (texts as Record<string, unknown>)?.[part], en);
    const names = [...Object.keys(reactionsWith()), ...routines.map(({ name }) => name)];
    expect(names.filter(name => typeof textOf(name) !== 'string')).to.deep.equal([]);
  });
});
