import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  newestNameRequest,
  refuseNameRequest,
  requestName,
} from '../../../server/proof/certificates/holder/name-corrections.js';
import { proposeChange } from '../../../server/teaching/courses/changes/course-changes.js';
import { keepContentFaults } from '../../../server/teaching/courses/content-faults.js';
import { holder } from '../../support/holders.js';
import { publishNext } from '../../support/quizzes/own-version.js';
import { forgetCatalogue } from '../../../server/teaching/courses/catalogue.js';
import type { Library } from '../../../server/teaching/content/library.js';
import { warningsNow } from '../../../server/office/admin/warnings.js';
import type { Config } from '../../../server/config.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { enqueue } from '../../../server/platform/events/jobs/enqueue.js';
import { failureOf, Refused } from '../../../server/platform/events/jobs/failures.js';
import { giveUp } from '../../../server/platform/events/jobs/job-decisions.js';
import type { Lane } from '../../../server/platform/events/jobs/job-lanes.js';
import { enqueueDue } from '../../../server/platform/events/routines/enqueue-due.js';
import { openJobs } from '../../../server/platform/events/jobs/open-jobs.js';
import { fail } from '../../../server/platform/events/jobs/queue.js';
import { setOwnHotline, wholeOf } from '../../../server/teaching/help/own-hotlines/own-hotline.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { openOrganisation } from '../../../server/people/organisations/memberships.js';
import { askForErasure, withdrawErasure } from '../../../server/office/privacy/erasure/erasure-requests.js';
import { dina, person } from '../../support/people.js';
import { row, write } from '../../support/rows.js';
import { claimOne } from '../../support/claim-one.js';
import { ownWorld, world } from '../../support/world.js';

/** So far ahead that the installation's own worker never takes a job that is due then. */
const THEN = Date.UTC(2094, 0, 1);
const DAY = 86_400_000;
const MINUTE = 60_000;

/** The warnings that administrators get at `now`, under the installation's settings and these. */
const keys = async ({ now = THEN, ...settings }: Partial<Config> & { now?: number } = {}) =>
  (await warningsNow({ config: { ...world().config, ...settings }, now })).map(({ key }) => key);

const due = (lane: Lane) =>
  inTransaction(() => enqueue({ reaction: 'test.warned', lane, dedupeKey: newId(), now: THEN }));

describe('the warnings of the overview', () => {
  ownWorld();
  let actorId: string;
  before(async () => {
    actorId = (await dina()).id;
    await world().worker.drain();
  });

  it('tell of mail that a server refused, until the job is given up', async () => {
    await due('mail');
    expect(await keys()).to.not.include('mail-refused');
    const claimed = await claimOne('mail', THEN);
    if (!claimed) throw new Error('The job is due');
    await fail(claimed, failureOf(new Refused('550')), THEN);
    expect(await keys()).to.include('mail-refused');
    const [job] = await openJobs({ lane: 'mail', state: 'failed' }, { limit: 1, after: null });
    if (!job) throw new Error('The job has failed');
    await giveUp(job, { actorId, now: Date.now() });
    expect(await keys()).to.not.include('mail-refused');
    // What follows from it is done now, and is late in no other test.
    await world().worker.drain();
  });

  for (const [lane, key] of [
    ['mail', 'mail-late'],
    ['bulk', 'work-late'],
  ] as const)
    it(`tell of jobs in the lane ${lane} that are late by more than ten minutes, until they are begun`, async () => {
      const [inTime, late] = [THEN + 10 * MINUTE, THEN + 10 * MINUTE + 1];
      expect(await keys({ now: late })).to.not.include(key);
      await due(lane);
      expect(await keys({ now: inTime })).to.not.include(key);
      expect(await keys({ now: late })).to.include(key);
      expect(await claimOne(lane, late)).to.not.equal(null);
      expect(await keys({ now: late })).to.not.include(key);
    });

  it('tell of a clock that has asked for nothing for ten minutes, until it does again', async () => {
    const tick = (now: number) =>
      enqueueDue([{ name: 'test.minute', cron: '* * * * *' }], { now, isStart: false });
    const [inTime, stopped] = [THEN + 10 * MINUTE, THEN + 10 * MINUTE + 1];
    await tick(THEN);
    expect(await keys({ now: inTime })).to.not.include('scheduler-stopped');
    expect(await keys({ now: stopped })).to.include('scheduler-stopped');
    await tick(stopped);
    expect(await keys({ now: stopped })).to.not.include('scheduler-stopped');
  });

  it('tell of an own hotline that nobody has tried for 90 days, until somebody does or it is removed', async () => {
    const { id: organisation } = await openOrganisation();
    const enter = (number: number, checkedOn: string | null) =>
      setOwnHotline(
        wholeOf(organisation),
        { number, line: checkedOn ? { name: 'Duty desk', phone: '+47 555', hours: null, checkedOn } : null },
        { actorId, now: THEN },
      );
    const key = `stale-own-line-${organisation}-everyone`;
    const [inTime, stale] = [THEN + 90 * DAY, THEN + 91 * DAY];
    expect(await keys({ now: stale })).to.not.include(key);
    await enter(1, '2094-01-01');
    expect(await keys({ now: inTime })).to.not.include(key);
    expect(await keys({ now: stale })).to.include(key);
    await enter(2, '2094-03-01');
    expect(await keys({ now: stale })).to.not.include(key);
    await enter(3, '2094-01-01');
    expect(await keys({ now: stale })).to.include(key);
    await enter(4, null);
    expect(await keys({ now: stale })).to.not.include(key);
  });

  it('tell of a fact from 60 days before the day on which it expires, and name it with its owner', async () => {
    const newest = 'where number = (select max(number) from library_versions)';
    const stored = await row<{ content: string }>(`select content from library_versions ${newest}`);
    if (!stored) throw new Error('Content is published');
    const { facts, packs, ...rest } = JSON.parse(stored.content) as Library;
    const limited = facts.map(({ expires: _, ...fact }, f) =>
      f === 0 ? { ...fact, expires: '2094-03-02', owner: 'Counsel' } : fact,
    );
    const later = packs.map(pack => ({ ...pack, expires: '2099-12-31' }));
    const store = async (content: string) => {
      await write(`update library_versions set content = $1 ${newest}`, [content]);
      forgetCatalogue();
    };
    try {
      await store(JSON.stringify({ ...rest, packs: later, facts: limited }));
      expect(await keys({ now: THEN - 1 })).to.not.include('facts-due');
      for (const now of [THEN, THEN + 90 * DAY]) expect(await keys({ now })).to.include('facts-due');
      const warning = (await warningsNow({ config: world().config, now: THEN })).find(
        ({ key }) => key === 'facts-due',
      );
      expect(warning?.more).to.deep.equal([`${facts[0]?.id} · Counsel`]);
    } finally {
      await store(stored.content);
    }
  });

  it('tell of content that was not published, with what is wrong, until a start publishes it', async () => {
    keepContentFaults(['lessons/01.md:3 No title. Give it one.']);
    try {
      expect(await keys()).to.include('content');
    } finally {
      keepContentFaults([]);
    }
    expect(await keys()).to.not.include('content');
  });

  it('tell of a backup that is older than a week, until there is a newer one', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'safe-passage-backup-'));
    const made = (at: number) =>
      writeFileSync(join(dataDir, 'last-backup.json'), JSON.stringify({ at, file: 'backup.tar.gz' }));
    try {
      expect(await keys({ dataDir, now: Date.now() })).to.not.include('backup');
      expect(await keys({ dataDir })).to.include('backup');
      made(THEN - 7 * DAY);
      expect(await keys({ dataDir })).to.not.include('backup');
      made(THEN - 7 * DAY - 1);
      expect(await keys({ dataDir })).to.include('backup');
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });

  it('tell of people who wait for an answer about their name, until they have one', async () => {
    const { certificate } = await holder();
    expect(await keys()).to.not.include('name-requests');
    await requestName(certificate, { name: 'Ada Brandt', why: 'Married' }, THEN);
    expect(await keys()).to.include('name-requests');
    const request = await newestNameRequest(certificate.cycleId);
    if (!request) throw new Error('It was made');
    await refuseNameRequest(request, 'Not on your passport', { actorId, now: THEN });
    expect(await keys()).to.not.include('name-requests');
  });

  it('tell of people who asked to be erased, until somebody decides', async () => {
    const { id: userId } = await person();
    await askForErasure({ userId, membershipId: null }, '', { actorId: userId, now: THEN });
    expect(await keys()).to.include('erasures');
    await withdrawErasure(userId, THEN);
    expect(await keys()).to.not.include('erasures');
  });

  it('tell of a course whose new version nobody has judged yet', async () => {
    const { versionId, slug, number } = await publishNext(snapshot => ({
      ...snapshot,
      title: 'Another title',
    }));
    expect(await keys()).to.include('course-changes');
    await proposeChange(
      { versionId, slug, number },
      { kind: 'minor', says: 'Two words were corrected.' },
      { actorId, now: THEN },
    );
    expect(await keys()).to.not.include('course-changes');
  });

  it('tell of certificates of a stolen key, until they are reissued', async () => {
    const { certificate } = await holder();
    expect(await keys()).to.not.include('keys');
    await write('update issuer_keys set compromised_at = $1 where id = $2', [THEN, certificate.keyId]);
    try {
      expect(await keys()).to.include('keys');
    } finally {
      await write('update issuer_keys set compromised_at = null where id = $1', [certificate.keyId]);
    }
    expect(await keys()).to.not.include('keys');
  });

  it('tell of an installation that writes mail to files, until it has a mail server', async () => {
    expect(await keys({ smtpUrl: null })).to.include('mail-to-files');
    expect(await keys({ smtpUrl: 'smtp://mail.example.org' })).to.not.include('mail-to-files');
  });

  it('tell of the secret for development, until the installation has its own', async () => {
    expect(await keys({ developmentSecret: true })).to.include('development-secret');
    expect(await keys({ developmentSecret: false })).to.not.include('development-secret');
  });
});
