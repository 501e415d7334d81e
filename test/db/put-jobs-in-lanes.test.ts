import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../server/config.js';
import { elsewhere } from '../support/elsewhere.js';

const NAME = '202611280901-put-jobs-in-lanes';

/** This migration and all after it. */
const later = readdirSync(join(projectRoot, 'migrations')).filter(file => file >= NAME).length;

const onPostgres = process.env.DATABASE_URL?.startsWith('postgres');
const databases = [
  ['SQLite', 'sqlite'] as const,
  ...(onPostgres ? [['PostgreSQL', undefined] as const] : []),
];

const job = (reaction: string, state: string, payload: string, rank: number) =>
  `insert into jobs (id, reaction, payload, dedupe_key, state, run_at, attempts, last_error, created_at, rank)
   values ('${reaction}', '${reaction}', '${payload}', '${reaction}', '${state}', 5, 12, 'Error: no', 4, ${rank})`;

for (const [kind, only] of databases) {
  describe(`putting jobs in lanes on ${kind}`, function () {
    this.timeout(300_000);

    it('brings back to life what the old limit of tries ended, and undoes it all', async () => {
      await elsewhere(async ({ run }) => {
        await run('up');
        await run('down', String(later));
        await run(
          'write',
          job('certificates.issue', 'failed', '{"seq":17}', 0),
          job('mail.reset-password', 'failed', '{"seq":18}', 0),
          job('quizzes.regrade', 'done', '{"seq":19}', 1),
          job('jobs.prune', 'ready', '{}', 1),
        );
        await run('up');
        const found = await run(
          'read',
          'select reaction, lane, state, failure, event_seq as seq, attempts from jobs order by reaction',
        );
        expect(found.map(line => JSON.parse(line) as object)).to.deep.equal([
          {
            ...{ reaction: 'certificates.issue', lane: 'awaited', state: 'ready', failure: 'fault' },
            ...{ seq: 17, attempts: 12 },
          },
          {
            reaction: 'jobs.prune',
            lane: 'routine',
            state: 'ready',
            failure: 'fault',
            seq: null,
            attempts: 12,
          },
          {
            ...{ reaction: 'mail.reset-password', lane: 'mail', state: 'ready', failure: 'fault' },
            ...{ seq: 18, attempts: 12 },
          },
          { reaction: 'quizzes.regrade', lane: 'bulk', state: 'done', failure: null, seq: 19, attempts: 12 },
        ]);
        await run('write', `update jobs set state = 'given-up' where reaction = 'certificates.issue'`);
        await run('down', String(later));
        const back = await run('read', 'select state, payload from jobs order by reaction');
        expect(back.map(line => JSON.parse(line) as object)).to.deep.equal([
          { state: 'failed', payload: '{"seq":17}' },
          { state: 'ready', payload: '{}' },
          { state: 'ready', payload: '{"seq":18}' },
          { state: 'done', payload: '{"seq":19}' },
        ]);
      }, only);
    });
  });
}
