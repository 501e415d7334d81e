import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../server/config.js';
import { elsewhere } from '../support/elsewhere.js';

const NAME = '202611242204-keep-superseded-certificates';

/** This migration and all after it. */
const later = readdirSync(join(projectRoot, 'migrations')).filter(file => file >= NAME).length;

const onPostgres = process.env.DATABASE_URL?.startsWith('postgres');
const databases = [
  ['SQLite', 'sqlite'] as const,
  ...(onPostgres ? [['PostgreSQL', undefined] as const] : []),
];

const person = `insert into users (id, email, name, email_confirmed_at, is_administrator, created_at)
  values ('u1', 'ada@example.org', 'Ada', 1, false, 1)`;
const place = [
  `insert into organisations (id, slug, name, kind, time_zone, created_at) values ('o1', 'one', 'One', 'open', 'UTC', 1)`,
  `insert into course_versions (id, course_slug, number, content_hash, content, published_at)
     values ('v1', 'course', 1, 'h', '{}', 1)`,
  `insert into enrolments (id, organisation_id, user_id, course_slug, created_at) values ('e1', 'o1', 'u1', 'course', 1)`,
  `insert into cycles (id, enrolment_id, organisation_id, user_id, course_version_id, number, opened_at)
     values ('c1', 'e1', 'o1', 'u1', 'v1', 1, 1)`,
  `insert into issuer_keys (id, sealed_private_key, created_at, activated_at) values ('k1', 'sealed', 1, 1)`,
  `insert into status_lists (id, created_at) values (1, 1)`,
];
const certificate = (id: string, index: number) =>
  `insert into certificates (id, code, organisation_id, user_id, cycle_id, course_version_id, holder_name, facts,
     status_list_id, status_index, awarded_at, valid_until, key_id, credential, sha256, issued_at, created_at)
   values ('${id}', 'CODE', 'o1', 'u1', 'c1', 'v1', 'Ada', '{"a":"1 ü"}', 1, ${index}, 5, 9, 'k1', '{}', 'sum', 6, 5)`;
const revocation = `insert into revocations (certificate_id, organisation_id, reason, note, actor_id, revoked_at)
  values ('one', 'o1', 'not-earned', 'a note', 'u1', 7)`;
const COLUMNS = `id, code, organisation_id, user_id, cycle_id, course_version_id, holder_name, facts, status_list_id,
  status_index, awarded_at, valid_until, key_id, credential, sha256, issued_at, created_at`;

for (const [kind, only] of databases) {
  describe(`keeping superseded certificates on ${kind}`, function () {
    this.timeout(300_000);

    it('takes every row over, and back, as it was', async () => {
      await elsewhere(async ({ run }) => {
        await run('up');
        await run('down', String(later));
        await run('write', person, ...place, certificate('one', 3), revocation);
        const read = () => run('read', `select ${COLUMNS} from certificates`, 'select * from revocations');
        const before = await read();
        expect(before).to.have.length(2);
        await run('up');
        expect(await read()).to.deep.equal(before);
        expect(await run('read', 'select in_use from issuer_keys')).to.deep.equal(['{"in_use":1}']);
        await run('down', String(later));
        expect(await read()).to.deep.equal(before);
      }, only);
    });

    it('lets one stand for a round and a code, and keeps its elders; there is no way back with two', async () => {
      await elsewhere(async ({ run }) => {
        await run('up');
        await run('write', person, ...place, certificate('one', 3));
        const second = certificate('two', 4);
        expect(await run('write', second).catch((fault: unknown) => String(fault))).to.match(/unique/i);
        await run('write', `update certificates set superseded_at = 8 where id = 'one'`, second);
        expect(await run('down', String(later)).catch((fault: unknown) => String(fault))).to.match(/unique/i);
        expect(await run('read', 'select id from certificates order by id')).to.have.length(2);
      }, only);
    });
  });
}
