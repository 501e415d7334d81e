import { expect } from 'chai';
import { eraseProvisioned } from '../../../server/people/provisioning/people/count-people.js';
import { machineRoutes } from '../../platform/http/routes-of.js';
import { raw } from '../../platform/http/raw.js';
import { otherOrganisation } from '../../support/roles.js';
import { row } from '../../support/rows.js';
import { ownWorld, world } from '../../support/world.js';
import { CORE, directory, ENTERPRISE, mara, operations } from './of-scim.js';

type Json = Record<string, unknown>;

/** A request as RFC 7643 and 7644 have it, and the answer: its status, the kind of fault, and what of the body is looked at. */
interface Case {
  readonly of: string;
  readonly what: string;
  readonly ask: (id: string) => readonly [string, string, unknown?, Record<string, string>?];
  readonly status: number;
  readonly fault?: string;
  readonly holds?: Json;
}

const UNKNOWN = '11111111-1111-4111-8111-111111111111';
const search = (filter: string) => `/Users?filter=${encodeURIComponent(filter)}`;
const finds = (filter: string, totalResults: number): Case => ({
  ...{ of: '7644 3.4.2.2', what: filter, status: 200, holds: { totalResults } },
  ask: () => ['GET', search(filter)],
});
const refuses = (filter: string): Case => ({
  ...{ of: '7644 3.4.2.2', what: filter, status: 400, fault: 'invalidFilter' },
  ask: () => ['GET', search(filter)],
});

/** Each is asked in an organisation in which the directory keeps Mara, in a group of her own, and nobody else. */
const CASES: readonly Case[] = [
  {
    of: '7644 3.4.1',
    what: 'reads one',
    ask: id => ['GET', `/Users/${id}`],
    status: 200,
    holds: { userName: 'Mara.Lind@example.org' },
  },
  {
    of: '7644 3.4.1',
    what: 'knows nobody of another id',
    ask: () => ['GET', `/Users/${UNKNOWN}`],
    status: 404,
  },
  {
    of: '7644 3.4.1',
    what: 'knows nobody of a malformed id',
    ask: () => ['GET', "/Users/'%20or%201=1"],
    status: 404,
  },
  {
    of: '7644 3.4.2',
    what: 'lists all',
    ask: () => ['GET', '/Users'],
    status: 200,
    holds: { totalResults: 1, startIndex: 1, itemsPerPage: 1 },
  },
  {
    of: '7644 3.4.2.4',
    what: 'counts without listing',
    ask: () => ['GET', '/Users?count=0'],
    status: 200,
    holds: { totalResults: 1, itemsPerPage: 0, Resources: [] },
  },
  {
    of: '7644 3.4.2.4',
    what: 'lists nothing after the end',
    ask: () => ['GET', '/Users?startIndex=9'],
    status: 200,
    holds: { totalResults: 1, startIndex: 9, Resources: [] },
  },
  {
    of: '7644 3.4.2.4',
    what: 'wants numbers',
    ask: () => ['GET', '/Users?count=all'],
    status: 400,
    fault: 'invalidValue',
  },
  finds('userName eq "mara.lind@EXAMPLE.org"', 1),
  finds('USERNAME EQ "mara.lind@example.org"', 1),
  finds(`${CORE}:userName sw "mara"`, 1),
  finds('userName co "LIND"', 1),
  finds('userName co "%"', 0),
  finds('userName ew "example.org" and active eq true', 1),
  finds('active eq "False"', 0),
  finds('not (userName eq "nobody")', 1),
  finds('externalId eq "e-417"', 1),
  finds('externalId eq "E-417"', 0),
  finds('emails.value eq "mara.lind@example.org"', 1),
  finds('emails[type eq "work"].value eq "mara.lind@example.org"', 1),
  finds('emails[type eq "home" and value pr]', 0),
  finds(`${ENTERPRISE}:employeeNumber eq "00417"`, 1),
  finds('displayName eq "mara lind" or id eq "x"', 1),
  finds('meta.lastModified gt "2020-01-01T00:00:00Z"', 1),
  finds('meta.lastModified lt "2020-01-01T00:00:00Z"', 0),
  finds('userName ne "mara.lind@example.org"', 0),
  finds('userName eq "\'; drop table users; --"', 0),
  refuses('userName eq '),
  refuses('userName'),
  refuses('name.givenName eq "Mara"'),
  refuses('password eq "x"'),
  refuses('active gt true'),
  refuses('meta.created gt "soon"'),
  {
    of: '7644 3.3',
    what: 'refuses a name that is taken, in any case',
    ask: () => ['POST', '/Users', { ...mara(), userName: 'MARA.lind@example.org', [ENTERPRISE]: {} }],
    status: 409,
    fault: 'uniqueness',
  },
  {
    of: '7644 3.3',
    what: 'refuses a staff number that is taken',
    ask: () => ['POST', '/Users', mara({ userName: 'other' })],
    status: 409,
    fault: 'uniqueness',
  },
  {
    of: '7644 3.3',
    what: 'wants a userName',
    ask: () => ['POST', '/Users', { schemas: [CORE], name: { givenName: 'A' } }],
    status: 400,
    fault: 'invalidValue',
  },
  {
    of: '7644 3.3',
    what: 'wants JSON',
    ask: () => ['POST', '/Users', '{"userName":'],
    status: 400,
    fault: 'invalidSyntax',
  },
  {
    of: '7644 3.3',
    what: 'wants an object',
    ask: () => ['POST', '/Users', '[]'],
    status: 400,
    fault: 'invalidSyntax',
  },
  {
    of: '7644 3.3',
    what: 'wants a body of a sensible size',
    ask: () => ['POST', '/Users', { userName: 'x'.repeat(2_200_000) }],
    status: 413,
  },
  {
    of: '7644 3.3',
    what: 'takes a resource in plain JSON',
    ask: () => ['POST', '/Users', { userName: 'plain' }, { 'content-type': 'application/json' }],
    status: 201,
    holds: { userName: 'plain', active: true },
  },
  {
    of: '7644 3.5.1',
    what: 'replaces',
    ask: id => ['PUT', `/Users/${id}`, { ...mara(), title: 'Purser', id: 'ignored' }],
    status: 200,
    holds: { title: 'Purser' },
  },
  {
    of: '7644 3.5.1',
    what: 'replaces nobody of another id',
    ask: () => ['PUT', `/Users/${UNKNOWN}`, mara()],
    status: 404,
  },
  {
    of: '7644 3.5.2',
    what: 'patches',
    ask: id => ['PATCH', `/Users/${id}`, operations({ op: 'replace', path: 'title', value: 'Purser' })],
    status: 200,
    holds: { title: 'Purser' },
  },
  {
    of: '7644 3.5.2',
    what: 'patches nothing without operations',
    ask: id => ['PATCH', `/Users/${id}`, operations()],
    status: 200,
    holds: { userName: 'Mara.Lind@example.org' },
  },
  {
    of: '7644 3.5.2',
    what: 'patches all or nothing',
    ask: id => [
      'PATCH',
      `/Users/${id}`,
      operations({ op: 'replace', path: 'title', value: 'Purser' }, { op: 'add', path: 'shoe', value: '1' }),
    ],
    status: 400,
    fault: 'invalidPath',
  },
  {
    of: '7644 3.5.2',
    what: 'cannot be left without a userName',
    ask: id => ['PATCH', `/Users/${id}`, operations({ op: 'remove', path: 'userName' })],
    status: 400,
    fault: 'invalidValue',
  },
  { of: '7644 3.6', what: 'deletes', ask: id => ['DELETE', `/Users/${id}`], status: 204 },
  { of: '7644 3.6', what: 'deletes nobody twice', ask: () => ['DELETE', `/Users/${UNKNOWN}`], status: 404 },
  {
    of: '7644 3.9',
    what: 'shows what was asked for',
    ask: id => ['GET', `/Users/${id}?attributes=externalId`],
    status: 200,
    holds: { externalId: 'e-417', userName: undefined },
  },
  {
    of: '7644 3.9',
    what: 'leaves out what was not wanted',
    ask: id => ['GET', `/Users/${id}?excludedAttributes=emails`],
    status: 200,
    holds: { emails: undefined, externalId: 'e-417' },
  },
  {
    of: '7644 3.14',
    what: 'changes no other version than the one seen',
    ask: id => ['PUT', `/Users/${id}`, mara(), { 'if-match': 'W/"old"' }],
    status: 412,
  },
  { of: '7644 3.7', what: 'has no bulk operations', ask: () => ['POST', '/Bulk', {}], status: 501 },
  { of: '7644 3.11', what: 'has no Me', ask: () => ['GET', '/Me'], status: 501 },
  {
    of: '7644 4',
    what: 'says what it can do',
    ask: () => ['GET', '/ServiceProviderConfig'],
    status: 200,
    holds: { patch: { supported: true } },
  },
  {
    of: '7644 4',
    what: 'lists its kinds of resources',
    ask: () => ['GET', '/ResourceTypes'],
    status: 200,
    holds: { totalResults: 2 },
  },
  {
    of: '7644 4',
    what: 'lists its schemas',
    ask: () => ['GET', '/Schemas'],
    status: 200,
    holds: { totalResults: 4 },
  },
  {
    of: '7644 4',
    what: 'shows one schema',
    ask: () => ['GET', `/Schemas/${ENTERPRISE}`],
    status: 200,
    holds: { id: ENTERPRISE },
  },
  { of: '7644 4', what: 'knows no other', ask: () => ['GET', '/Schemas/urn:x'], status: 404 },
  {
    of: '7643 4.2',
    what: 'finds groups by name',
    ask: () => ['GET', '/Groups?filter=displayName%20eq%20%22CREW%22'],
    status: 200,
    holds: { totalResults: 1 },
  },
  {
    of: '7643 4.2',
    what: 'finds the groups of somebody',
    ask: id => ['GET', `/Groups?filter=members%20eq%20%22${id}%22&excludedAttributes=members`],
    status: 200,
    holds: { totalResults: 1 },
  },
  {
    of: '7643 4.2',
    what: 'wants a name',
    ask: () => ['POST', '/Groups', { members: [] }],
    status: 400,
    fault: 'invalidValue',
  },
  {
    of: '7643 4.2',
    what: 'takes nobody whom it does not know',
    ask: () => ['POST', '/Groups', { displayName: 'B', members: [{ value: UNKNOWN }] }],
    status: 400,
    fault: 'invalidValue',
  },
  {
    of: '7643 4.2',
    what: 'takes a group',
    ask: id => ['POST', '/Groups', { displayName: 'B', members: [{ value: id }] }],
    status: 201,
    holds: { displayName: 'B' },
  },
  { of: '7643 4.2', what: 'knows no other group', ask: () => ['GET', `/Groups/${UNKNOWN}`], status: 404 },
];

describe('SCIM 2.0', () => {
  ownWorld();

  for (const { of, what, ask, status, fault, holds = {} } of CASES)
    it(`RFC ${of}: ${what}`, async () => {
      const its = await directory();
      const id = await its.add(mara());
      await its.ask('POST', '/Groups', { displayName: 'Crew', members: [{ value: id }] });
      const answer = await its.ask(...ask(id));
      expect(answer.status, answer.text).to.equal(status);
      for (const [name, value] of Object.entries(holds)) {
        const found = (answer.body as Json)[name];
        if (value !== null && typeof value === 'object' && !Array.isArray(value))
          expect(found, name).to.deep.include(value);
        else expect(found, name).to.deep.equal(value);
      }
      if (status < 400) return;
      expect(answer.headers['content-type']).to.include('application/scim+json');
      expect(answer.body).to.deep.include({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        status: String(status),
        ...(fault && { scimType: fault }),
      });
      expect(answer.body.detail).to.be.a('string').and.not.include('Mara');
    });

  it('says where somebody is, and which version it is', async () => {
    const its = await directory();
    const added = await its.ask('POST', '/Users', mara());
    const { location, version } = added.body.meta;
    expect(added.headers.location).to.equal(location);
    expect(location).to.equal(`${world().base}/scim/v2/Users/${added.body.id}`);
    expect(added.headers.etag).to.equal(version);
    const path = `/Users/${added.body.id}`;
    const same = await its.ask('GET', path, undefined, { 'if-none-match': String(version) });
    expect(same.status).to.equal(304);
    const changed = await its.ask('PUT', path, mara({ title: 'x' }), { 'if-match': String(version) });
    expect(changed.status).to.equal(200);
    expect(changed.body.meta.version).not.to.equal(version);
  });

  it('leads through all people, page by page, each once', async () => {
    const its = await directory();
    for (const at of [1, 2, 3, 4, 5]) await its.add({ userName: `person-${at}` });
    const seen: unknown[] = [];
    for (const startIndex of [1, 3, 5]) {
      const { body } = await its.ask('GET', `/Users?startIndex=${startIndex}&count=2`);
      expect(body.totalResults).to.equal(5);
      seen.push(...body.Resources.map(({ userName }) => userName));
    }
    expect(seen.sort()).to.deep.equal([1, 2, 3, 4, 5].map(at => `person-${at}`));
  });

  it('counts everybody as they come and go', async () => {
    const its = await directory();
    const total = async () => (await its.ask('GET', '/Users')).body.totalResults;
    expect(await total()).to.equal(0);
    const [ada, ben] = [
      await its.add({ userName: 'ada@x.example' }),
      await its.add({ userName: 'ben@x.example' }),
    ];
    expect(await total()).to.equal(2);
    const ended = [await its.ask('DELETE', `/Users/${ada}`), await its.ask('DELETE', `/Users/${ada}`)];
    expect(ended.map(({ status }) => status)).to.deep.equal([204, 404]);
    expect(await total()).to.equal(1);
    const entry = await row<{ membership_id: string }>(
      'select membership_id from provisioned_people where id = $1',
      [ben],
    );
    await eraseProvisioned({ userId: null, membershipIds: [entry?.membership_id ?? ''] });
    expect([await total(), (await its.ask('GET', `/Users/${ben}`)).status]).to.deep.equal([0, 404]);
  });

  it('answers no address without a token, or with one of too little scope', async () => {
    const routes = machineRoutes();
    expect(routes.length).to.be.at.least(15);
    const reader = await directory(undefined, ['people.read']);
    for (const { method, path } of routes) {
      const at = path.replace(/:id/g, UNKNOWN).replace('/{*path}', '/nothing');
      const answer = await raw(`/scim/v2${at}`, { method, headers: { accept: 'application/scim+json' } });
      expect(answer.status, `${method} ${at}`).to.equal(401);
      expect(answer.headers['www-authenticate']).to.equal('Bearer realm="Safe Passage"');
      expect(answer.headers['set-cookie'] ?? null).to.equal(null);
      if (method !== 'GET' && /^\/(Users|Groups)(\/:id)?$/.test(path))
        expect((await reader.ask(method, at, {})).status, `${method} ${at}`).to.equal(403);
    }
  });

  it('keeps organisations apart', async () => {
    const [its, theirs] = [await directory(), await directory(await otherOrganisation())];
    const id = await its.add(mara());
    const group = (await its.ask('POST', '/Groups', { displayName: 'Crew' })).body.id;
    for (const [method, path, body] of [
      ['GET', `/Users/${id}`],
      ['PUT', `/Users/${id}`, mara()],
      ['PATCH', `/Users/${id}`, operations({ op: 'replace', path: 'active', value: false })],
      ['DELETE', `/Users/${id}`],
      ['GET', `/Groups/${group}`],
      ['PATCH', `/Groups/${group}`, operations({ op: 'remove', path: 'members' })],
      ['DELETE', `/Groups/${group}`],
    ] as const)
      expect((await theirs.ask(method, path, body)).status, `${method} ${path}`).to.equal(404);
    expect((await theirs.ask('GET', '/Users')).body.totalResults).to.equal(0);
    expect((await its.ask('GET', `/Users/${id}`)).body.active).to.equal(true);
    const foreign = { displayName: 'B', members: [{ value: id }] };
    expect((await theirs.ask('POST', '/Groups', foreign)).status).to.equal(400);
  });
});
