import { expect } from 'chai';
import { askedList } from '../../../server/people/provisioning/protocol/asked-list.js';
import { operationsIn, patchedPerson } from '../../../server/people/provisioning/protocol/patch.js';
import { meant, personResource } from '../../../server/people/provisioning/protocol/person-resource.js';
import { parseFilter } from '../../../server/people/provisioning/protocol/parse-filter.js';
import { projected, wishIn } from '../../../server/people/provisioning/protocol/projection.js';
import { ScimFault } from '../../../server/people/provisioning/protocol/scim-fault.js';
import { groupChange } from '../../../server/people/provisioning/protocol/told-group.js';
import { readPerson } from '../../../server/people/provisioning/protocol/told-person.js';
import { ENTERPRISE, mara, operations, OURS } from './of-scim.js';

type Json = Record<string, unknown>;
const META = { id: 'x', createdAt: 0, changedAt: 0, location: '/x' };

/** What a resource is after operations, or the kind of fault for which they are refused. */
function after(person: Json, ...ops: Json[]): Json | string {
  try {
    return personResource(patchedPerson(readPerson(person), operationsIn(operations(...ops))), META);
  } catch (fault) {
    if (fault instanceof ScimFault) return fault.scimType ?? String(fault.status);
    throw fault;
  }
}

const faultOf = (work: () => unknown): string | null => {
  try {
    work();
    return null;
  } catch (fault) {
    if (fault instanceof ScimFault) return fault.scimType;
    throw fault;
  }
};

/** Operations as Entra and Okta were recorded to send them, and what Mara is afterwards, as far as it says. */
const DIALECTS: readonly (readonly [string, Json, Json | string])[] = [
  ['Entra ends somebody', { op: 'Replace', path: 'active', value: 'False' }, { active: false }],
  ['Entra ends somebody, as an object', { op: 'replace', value: { active: 'False' } }, { active: false }],
  ['Entra brings somebody back', { op: 'Add', path: 'active', value: 'True' }, { active: true }],
  ['Okta ends somebody', { op: 'replace', value: { active: false } }, { active: false }],
  [
    'Entra names a manager by a bare text',
    { op: 'Add', path: `${ENTERPRISE}:manager`, value: 'm-1' },
    { [ENTERPRISE]: { employeeNumber: '00417', department: 'Lyon', manager: { value: 'm-1' } } },
  ],
  [
    'Okta names a manager',
    { op: 'add', path: `${ENTERPRISE}:manager`, value: { value: 'm-1', displayName: 'Ines' } },
    { [ENTERPRISE]: { employeeNumber: '00417', department: 'Lyon', manager: { value: 'm-1' } } },
  ],
  [
    'Entra changes an attribute of the extension',
    { op: 'Replace', path: `${ENTERPRISE}:department`, value: 'Oslo' },
    { [ENTERPRISE]: { employeeNumber: '00417', department: 'Oslo' } },
  ],
  [
    'Entra changes it with paths for keys',
    { op: 'Replace', value: { [`${ENTERPRISE}:department`]: 'Oslo', 'name.givenName': 'Mia' } },
    {
      [ENTERPRISE]: { employeeNumber: '00417', department: 'Oslo' },
      name: { givenName: 'Mia', familyName: 'Lind' },
    },
  ],
  [
    'Entra changes the address for work',
    { op: 'Replace', path: 'emails[type eq "work"].value', value: 'mia@example.org' },
    { emails: [{ value: 'mia@example.org', type: 'work', primary: true }] },
  ],
  [
    'Entra adds an address that is not there yet',
    { op: 'Add', path: 'emails[type eq "home"].value', value: 'mia@example.org' },
    {
      emails: [
        { value: 'Mara.Lind@example.org', type: 'work', primary: true },
        { value: 'mia@example.org', type: 'home' },
      ],
    },
  ],
  [
    'Entra sends a display with an address',
    { op: 'Add', path: 'emails', value: [{ value: 'm@example.org', display: 'Mara', primary: 'True' }] },
    {
      emails: [
        { value: 'Mara.Lind@example.org', type: 'work', primary: true },
        { value: 'm@example.org', primary: true },
      ],
    },
  ],
  ['an address goes', { op: 'remove', path: 'emails[type eq "work"]' }, { emails: undefined }],
  ['a whole name goes', { op: 'Remove', path: 'name' }, { name: undefined }],
  [
    'an empty text takes an attribute away',
    { op: 'replace', path: 'title', value: '' },
    { title: undefined },
  ],
  [
    'what means nothing here is passed over',
    { op: 'add', path: 'nickName', value: 'M' },
    { title: undefined },
  ],
  [
    'so are lists of it',
    { op: 'add', path: 'phoneNumbers[type eq "work"].value', value: '1' },
    { title: undefined },
  ],
  [
    'the schema of users may stand before a path',
    { op: 'add', path: 'urn:ietf:params:scim:schemas:core:2.0:User:title', value: 'Purser' },
    { title: 'Purser' },
  ],
  [
    'a day of hire',
    { op: 'add', path: `${OURS}:hireDate`, value: '2026-01-05' },
    { [OURS]: { hireDate: '2026-01-05' } },
  ],
  ['an unknown path', { op: 'add', path: 'shoeSize', value: '42' }, 'invalidPath'],
  ['a path of JavaScript', { op: 'add', path: '__proto__', value: { a: 1 } }, 'invalidPath'],
  ['an unknown operation', { op: 'move', path: 'title', value: 'x' }, 'invalidSyntax'],
  ['a removal without a path', { op: 'remove' }, 'noTarget'],
  ['what the server sets', { op: 'replace', path: 'id', value: 'x' }, 'mutability'],
  ['what is neither true nor false', { op: 'replace', path: 'active', value: 'perhaps' }, 'invalidValue'],
  ['a text that is none', { op: 'replace', path: 'title', value: { a: 1 } }, 'invalidValue'],
  ['a control character', { op: 'replace', path: 'title', value: 'a\u0000b' }, 'invalidValue'],
  ['too long a text', { op: 'replace', path: 'title', value: 'x'.repeat(401) }, 'invalidValue'],
  [
    'a filter of addresses that is none',
    { op: 'replace', path: 'emails[type].value', value: 'x' },
    'invalidFilter',
  ],
];

describe('a PATCH of a directory', () => {
  for (const [what, operation, expected] of DIALECTS)
    it(what, () => {
      const person = after(mara(), operation);
      if (typeof expected === 'string' || typeof person === 'string')
        return expect(person).to.equal(expected);
      for (const [name, value] of Object.entries(expected)) expect(person[name], name).to.deep.equal(value);
    });

  it('without operations changes nothing', () => {
    expect(after(mara())).to.deep.equal(personResource(readPerson(mara()), META));
  });

  it('needs its schema', () => {
    expect(faultOf(() => operationsIn({ Operations: [] }))).to.equal('invalidSyntax');
  });
});

describe('what a directory means', () => {
  it('is read from a whole resource', () => {
    expect(
      meant(readPerson(mara({ [OURS]: { hireDate: '2026-01-05T00:00:00Z' }, title: 'Purser' }))),
    ).to.deep.equal({
      userName: 'Mara.Lind@example.org',
      externalId: 'e-417',
      name: 'Mara Lind',
      email: 'mara.lind@example.org',
      staffNumber: '00417',
      isActive: true,
      hiredOn: '2026-01-05',
      title: 'Purser',
    });
  });

  it('is refused without a userName, and for a day that is none', () => {
    expect(faultOf(() => meant(readPerson({ name: { givenName: 'Mara' } })))).to.equal('invalidValue');
    for (const hireDate of ['2026-02-31', 'yesterday', '2026-1-5'])
      expect(faultOf(() => meant(readPerson(mara({ [OURS]: { hireDate } }))))).to.equal('invalidValue');
  });
});

describe('a filter', () => {
  it('is read with its brackets, in the order of "and" before "or"', () => {
    expect(parseFilter('a eq "1" or b pr AND not (c sw "x\\"y")')).to.deep.equal({
      kind: 'or',
      left: { kind: 'compare', path: 'a', operator: 'eq', value: '1' },
      right: {
        kind: 'and',
        left: { kind: 'present', path: 'b' },
        right: { kind: 'not', of: { kind: 'compare', path: 'c', operator: 'sw', value: 'x"y' } },
      },
    });
    expect(parseFilter('emails[type eq "work"].value eq "m@x.org"')).to.deep.equal({
      kind: 'and',
      left: { kind: 'compare', path: 'emails.type', operator: 'eq', value: 'work' },
      right: { kind: 'compare', path: 'emails.value', operator: 'eq', value: 'm@x.org' },
    });
  });

  it('that cannot be read is refused', () => {
    const wrong = [
      ...['', 'userName', 'userName eq', 'userName eq ', 'userName is "x"', 'eq "x"', 'userName eq mara'],
      ...['userName eq "x', '(userName eq "x"', 'userName eq "x")', 'a eq "1" b eq "2"', 'not a eq "1"'],
      ...['a[b eq "1"', '"a" eq "1"', `a eq "${'x'.repeat(1000)}"`, `${'('.repeat(20)}a pr${')'.repeat(20)}`],
      ...['a eq {"b":1}', "a eq 'x'", 'a;b eq "1"'],
    ];
    for (const text of wrong)
      expect(
        faultOf(() => parseFilter(text)),
        text,
      ).to.equal('invalidFilter');
  });
});

describe('what is asked of a list', () => {
  it('is within bounds', () => {
    expect(askedList({})).to.deep.equal({ filter: null, offset: 0, limit: 100 });
    expect(askedList({ startIndex: '0', count: '-3' })).to.deep.equal({ filter: null, offset: 0, limit: 0 });
    expect(askedList({ startIndex: '21', count: '9999' })).to.include({ offset: 20, limit: 200 });
    for (const query of [{ count: 'x' }, { count: ['1', '2'] }, { startIndex: '1e9' }])
      expect(faultOf(() => askedList(query))).to.equal('invalidValue');
    expect(faultOf(() => askedList({ filter: ['a', 'b'] }))).to.equal('invalidFilter');
  });

  it('may leave attributes out, but never the id', () => {
    const resource = { schemas: [], id: '1', name: { givenName: 'a', familyName: 'b' }, title: 't' };
    const shown = (query: object) => projected(resource, wishIn(query));
    expect(shown({ attributes: 'name.givenName' })).to.deep.equal({
      schemas: [],
      id: '1',
      name: { givenName: 'a' },
    });
    expect(shown({ excludedAttributes: 'NAME.givenname, title,id' })).to.deep.equal({
      ...{ schemas: [], id: '1', name: { familyName: 'b' } },
    });
  });
});

describe('operations on a group', () => {
  const change = (...ops: Json[]) => groupChange(operationsIn(operations(...ops)));
  const ids = (...all: string[]) => all.map(value => ({ value }));

  it('are those of Entra and Okta', () => {
    expect([...change({ op: 'Add', path: 'members', value: ids('a', 'b') }).added]).to.deep.equal(['a', 'b']);
    expect([...change({ op: 'Remove', path: 'members', value: ids('a') }).removed]).to.deep.equal(['a']);
    expect([...change({ op: 'remove', path: 'members[value eq "a"]' }).removed]).to.deep.equal(['a']);
    expect(change({ op: 'Replace', path: 'displayName', value: 'Crew' }).displayName).to.equal('Crew');
    const okta = change({ op: 'replace', value: { id: 'g', displayName: 'Crew' } });
    expect(okta).to.include({ displayName: 'Crew', only: null });
    expect([...(change({ op: 'replace', path: 'members', value: ids('c') }).only ?? [])]).to.deep.equal([
      'c',
    ]);
    expect(change({ op: 'remove', path: 'members' }).only?.size).to.equal(0);
  });

  it('count in their order', () => {
    const both = change(
      { op: 'add', path: 'members', value: ids('a') },
      { op: 'remove', path: 'members', value: ids('a') },
    );
    expect([[...both.added], [...both.removed]]).to.deep.equal([[], ['a']]);
  });

  it('are refused where they mean nothing', () => {
    for (const [operation, kind] of [
      [{ op: 'add', path: 'owners', value: 'x' }, 'invalidPath'],
      [{ op: 'replace', path: 'displayName', value: '' }, 'invalidValue'],
      [{ op: 'add', path: 'members', value: [{ value: 7 }] }, 'invalidValue'],
    ] as const)
      expect(
        faultOf(() => change(operation)),
        JSON.stringify(operation),
      ).to.equal(kind);
  });
});
