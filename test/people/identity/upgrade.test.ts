import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../server/config.js';
import { elsewhere } from '../../support/programs/elsewhere.js';

const NAME = '202612010110-ask-what-for';
const names = readdirSync(join(projectRoot, 'migrations')).map(file => file.replace(/\.ts$/, ''));
const later = names.filter(name => name >= NAME).length;

const account = (id: string, email: string) =>
  `insert into users (id, email, name, created_at) values ('${id}', '${email}', 'x', 1)`;
const organisation = (id: string) =>
  `insert into organisations (id, slug, name, kind, time_zone, created_at) values ('${id}', '${id}', '${id}', 'customer', 'UTC', 1)`;
const member = (id: string, organisationId: string, userId: string) =>
  `insert into memberships (id, organisation_id, user_id, created_at) values ('${id}', '${organisationId}', '${userId}', 1)`;
const card = (id: string, organisationId: string, membershipId: string, outcome: string, endedAt: number) =>
  `insert into entry_codes (id, organisation_id, membership_id, made_at, expires_at, outcome, ended_at)
   values ('${id}', '${organisationId}', '${membershipId}', 1, 2, '${outcome}', ${endedAt})`;
const session = (id: string, userId: string, columns: string, values: string) =>
  `insert into sessions (id_hash, user_id, created_at, touched_at, expires_at, proven_at, ${columns})
   values ('${id}', '${userId}', 1, 1, 9, 7, ${values})`;
const identity = (id: string, userId: string) =>
  `insert into identities (id, user_id, provider_id, issuer, subject, connected_at, used_at)
   values ('${id}', '${userId}', 'p', 'i', '${id}', 1, 1)`;
const connected = (seq: number, payload: string) =>
  `insert into events (chain, seq, id, name, payload, created_at, previous_hash, hash)
   values ('A', ${seq}, 'e${seq}', 'identity.connected', '${payload}', 1, 'x', 'x')`;

/** What an installation holds that is upgraded. */
const BEFORE = [
  ...['A', 'B'].map(organisation),
  account('ada', 'ada@example.org'),
  account('carl', 'carl@no-address.invalid'),
  account('dora', 'dora@example.org'),
  member('a1', 'A', 'carl'),
  member('b1', 'B', 'carl'),
  member('b2', 'B', 'dora'),
  card('c0', 'A', 'a1', 'replaced', 2),
  card('c1', 'B', 'b1', 'used', 3),
  card('c2', 'A', 'a1', 'used', 4),
  card('c3', 'B', 'b2', 'used', 3),
  `insert into identity_providers (id, organisation_id, name, issuer, client_id, secret, metadata, read_at, created_at)
   values ('p', 'B', 'x', 'i', 'x', 'x', '{}', 1, 1)`,
  identity('vouched', 'ada'),
  identity('owned', 'dora'),
  identity('unknown', 'carl'),
  connected(1, JSON.stringify({ identityId: 'vouched', how: 'address' })),
  connected(2, JSON.stringify({ identityId: 'owned', how: 'account' })),
  // Redacted when somebody was erased.
  connected(3, '{}'),
  session('ours', 'ada', 'entry', 'null'),
  session('by-provider', 'ada', 'provider_id', `'p'`),
  session('by-one-that-is-gone', 'ada', 'provider_id', `'q'`),
  session('with-a-number', 'carl', 'entry', `'/staff'`),
  session('of-a-course', 'ada', 'entry', `'/courses/x'`),
];

describe('an installation that is upgraded', () => {
  it('knows of what it holds who vouched for it, and trusts no session further than that', async () => {
    await elsewhere(async ({ run }) => {
      await run('up');
      await run('down', String(later));
      await run('write', ...BEFORE);
      await run('up');
      const read = async (query: string) =>
        (await run('read', query)).map(line => JSON.parse(line) as object);
      expect(await read('select id, how from identities order by id')).to.deep.equal([
        { id: 'owned', how: 'account' },
        { id: 'unknown', how: 'address' },
        { id: 'vouched', how: 'address' },
      ]);
      expect(await read('select id, card_organisation_id as card from users order by id')).to.deep.equal([
        { id: 'ada', card: null },
        { id: 'carl', card: 'B' },
        { id: 'dora', card: null },
      ]);
      const sessions = await read(
        'select id_hash as id, organisation_id as at, proven_at as proven from sessions order by id_hash',
      );
      expect(sessions.map(each => Object.values(each).map(String))).to.deep.equal([
        ['by-provider', 'B', '0'],
        ['of-a-course', 'null', '7'],
        ['ours', 'null', '7'],
      ]);
    });
  });
});
