import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../server/config.js';
import { elsewhere } from '../support/elsewhere.js';

const NAME = '202611280951-copy-extra-time';

/** This migration and all after it. */
const later = readdirSync(join(projectRoot, 'migrations')).filter(file => file >= NAME).length;

const onPostgres = process.env.DATABASE_URL?.startsWith('postgres');
const databases = [
  ['SQLite', 'sqlite'] as const,
  ...(onPostgres ? [['PostgreSQL', undefined] as const] : []),
];

const id = (first: string, last: string) => `${first.repeat(8)}-0000-4000-8000-${last.repeat(12)}`;
const [OPEN, NORTH, SOUTH] = [id('a', '1'), id('b', '2'), id('c', '3')];
const AGREED = id('d', '4');

const person = (user: string) =>
  `insert into users (id, email, name, email_confirmed_at, is_administrator, created_at)
   values ('${user}', '${user}@example.org', 'Ada', 1, false, 1)`;
const organisation = (organisationId: string, kind: string) =>
  `insert into organisations (id, slug, name, kind, time_zone, created_at)
   values ('${organisationId}', '${organisationId}', 'One', '${kind}', 'UTC', 1)`;
const enrolment = (organisationId: string, user: string, course: string) =>
  `insert into enrolments (id, organisation_id, user_id, course_slug, created_at)
   values ('${course} ${user} ${organisationId.slice(0, 8)}', '${organisationId}', '${user}', '${course}', 1)`;
const agreement = (key: string, organisationId: string, user: string, allowance: string) =>
  `insert into extra_times (id, organisation_id, user_id, number, allowance, agreed_on, agreed_by, until_at, actor_id,
     created_at)
   values ('${key}', '${organisationId}', '${user}', 1, '${allowance}', '2026-11-24', 'Ben', null, 'ada', 5)`;

for (const [kind, only] of databases) {
  describe(`copying extra time on ${kind}`, function () {
    this.timeout(300_000);

    it('gives each organisation that somebody learns with what was agreed for them, and takes it back', async () => {
      await elsewhere(async ({ run }) => {
        await run('up');
        await run('down', String(later));
        await run(
          'write',
          ...['ada', 'emre', 'cleo'].map(person),
          organisation(OPEN, 'open'),
          organisation(NORTH, 'customer'),
          organisation(SOUTH, 'customer'),
          ...['one', 'two'].map(course => enrolment(NORTH, 'ada', course)),
          enrolment(OPEN, 'emre', 'one'),
          enrolment(NORTH, 'cleo', 'one'),
          enrolment(SOUTH, 'cleo', 'one'),
          agreement(AGREED, OPEN, 'ada', '50'),
          agreement(id('e', '5'), OPEN, 'emre', '25'),
          agreement(id('f', '6'), OPEN, 'cleo', '25'),
          agreement(id('9', '7'), SOUTH, 'cleo', '100'),
        );
        const read = () =>
          run(
            'read',
            'select organisation_id, user_id, allowance from extra_times order by user_id, organisation_id',
          );
        const before = await read();
        await run('up');
        const copy = (user: string, allowance: string) =>
          JSON.stringify({ organisation_id: NORTH, user_id: user, allowance });
        const added = (await read()).filter(each => !before.includes(each));
        expect(added).to.deep.equal([copy('ada', '50'), copy('cleo', '25')]);
        await run('down', String(later));
        expect(await read()).to.deep.equal(before);
      }, only);
    });
  });
}
