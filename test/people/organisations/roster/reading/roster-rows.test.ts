import { expect } from 'chai';
import {
  faultsOfColumns,
  FIELDS,
  rememberedColumns,
} from '../../../../../server/people/organisations/roster/reading/columns.js';
import { readRosterDay } from '../../../../../server/people/organisations/roster/reading/roster-days.js';
import { readRow } from '../../../../../server/people/organisations/roster/reading/roster-rows.js';

const columns = Object.fromEntries(FIELDS.map((field, at) => [field, at]));
const options = { columns, dayOrder: null, width: FIELDS.length, today: '2026-11-28' };
const row = (over: Partial<Record<(typeof FIELDS)[number], string>>) =>
  readRow(
    {
      line: 2,
      cells: FIELDS.map(
        field => over[field] ?? { staffNumber: '007', name: 'Ada Marlow' }[field as string] ?? '',
      ),
    },
    options,
  );
const codes = (over: Parameters<typeof row>[0]) => {
  const read = row(over);
  return read.ok ? [] : read.faults.map(({ code }) => code);
};
const personIn = (over: Parameters<typeof row>[0]) => {
  const read = row(over);
  return read.ok ? read.person : read.faults;
};

describe('a row of a list of people', () => {
  it('keeps what it says, and says nothing of empty cells', () => {
    expect(personIn({})).to.deep.equal({
      ...{ staffNumber: '007', name: 'Ada Marlow', email: null, unit: null, job: null },
      ...{ hiredOn: null, tags: null, employment: null },
    });
    expect(
      personIn({
        email: ' Ada@Example.ORG',
        tags: 'night; crew,crew',
        employment: 'Leave of absence',
        hiredOn: '2024-02-29',
      }),
    ).to.deep.include({
      email: 'ada@example.org',
      tags: ['crew', 'night'],
      employment: 'on-leave',
      hiredOn: '2024-02-29',
    });
  });

  it('takes a name in two columns', () => {
    expect(personIn({ name: '', givenName: 'Ada', familyName: 'Marlow' })).to.deep.include({
      name: 'Ada Marlow',
    });
  });

  it('takes names of one letter, of two hundred, and from right to left', () => {
    for (const name of ['O', 'é'.repeat(200), '👩🏽‍✈️ Ada'.repeat(20), 'محمد'])
      expect(codes({ name })).to.deep.equal([]);
    expect(codes({ name: 'n'.repeat(201) })).to.deep.equal(['name-long']);
    expect(codes({ name: 'Ada\u202eMarlow' })).to.deep.equal(['name-letters']);
    expect(codes({ name: '—' })).to.deep.equal(['name']);
  });

  it('names everything that is wrong at once', () => {
    expect(
      codes({ staffNumber: '', email: 'nowhere', hiredOn: '31.2.2024', employment: 'maybe' }),
    ).to.have.members([...['number', 'email', 'day', 'employment']]);
    expect(codes({ staffNumber: '9'.repeat(61), job: 'j'.repeat(61), tags: 't'.repeat(61) })).to.have.members(
      [...['number-long', 'job-long', 'tags']],
    );
    const more = readRow({ line: 2, cells: [...FIELDS.map(() => 'x'), 'y'] }, options);
    expect(!more.ok && more.faults[0]?.code).to.equal('cells');
  });

  it('takes no control characters, which no database stores, and reads a cell of two lines as one', () => {
    for (const field of ['unit', 'job', 'tags'] as const) {
      expect(codes({ [field]: 'Cabin\u0000crew' }), field).to.deep.equal(['letters']);
      expect(codes({ [field]: 'Cabin\ncrew' }), field).to.deep.equal([]);
    }
    expect(personIn({ job: 'Cabin\ncrew' })).to.deep.include({ job: 'Cabin crew' });
  });

  it('takes no day of another century, nor one more than a year ahead', () => {
    expect(codes({ hiredOn: '1899-12-31' })).to.deep.equal(['day-far']);
    expect(codes({ hiredOn: '2027-11-28' })).to.deep.equal([]);
    expect(codes({ hiredOn: '2027-11-29' })).to.deep.equal(['day-far']);
  });
});

describe('a day in a list of people', () => {
  const day = (text: string, order: Parameters<typeof readRosterDay>[1] = null) => {
    const read = readRosterDay(text, order);
    return read.ok ? read.day : read.fault;
  };

  it('is read with the year first, whatever the order', () => {
    for (const text of [
      '2026-03-04',
      '2026/3/4',
      '2026.03.04',
      '2026-03-04 00:00:00',
      '2026-03-04T00:00:00Z',
    ])
      for (const order of [null, 'day-first', 'month-first'] as const)
        expect(day(text, order)).to.equal('2026-03-04');
  });

  it('is read in the order that was chosen, and never guessed', () => {
    expect(day('03/04/2026', 'day-first')).to.equal('2026-04-03');
    expect(day('03/04/2026', 'month-first')).to.equal('2026-03-04');
    expect(day('03/04/2026')).to.equal('day-order');
    expect(day('31.12.2026')).to.equal('day-order');
    expect(day('31.12.2026', 'month-first')).to.equal('day');
    // In no order is it a day.
    expect(day('31/02/2025')).to.equal('day');
    expect(day('31/02/2025', 'day-first')).to.equal('day');
  });

  it('needs four digits of the year, and a day that exists', () => {
    expect(day('03/04/26', 'day-first')).to.equal('day-two-digits');
    expect(day('31-Jan-26', 'day-first')).to.equal('day-two-digits');
    expect(day('2026-02-29')).to.equal('day');
    expect(day('2024-02-29')).to.equal('2024-02-29');
    expect(day('soon')).to.equal('day');
  });
});

describe('the columns of a list of people', () => {
  it('are guessed from many spellings', () => {
    const header = [
      'Personal-Nr.',
      'Vorname',
      'Nachname',
      'E-Mail',
      'Cost centre',
      'Job title',
      'Date of joining',
      'Notes',
    ];
    expect(rememberedColumns(header, null)).to.deep.equal({
      ...{ staffNumber: 0, givenName: 1, familyName: 2, email: 3, unit: 4, job: 5, hiredOn: 6 },
    });
    expect(rememberedColumns(['Employee ID', 'Full name', 'First name'], null)).to.deep.equal({
      staffNumber: 0,
      name: 1,
    });
  });

  it('are those of the last file, where this one has the same names', () => {
    const earlier = { header: ['A', 'B', 'C'], columns: { staffNumber: 2, name: 0 } };
    expect(rememberedColumns(['C', 'X', 'A'], earlier)).to.deep.equal({ staffNumber: 0, name: 2 });
    expect(rememberedColumns(['Number', 'Name'], earlier)).to.deep.equal({ staffNumber: 0, name: 1 });
  });

  it('cannot be used without a number and a name, or twice', () => {
    expect(faultsOfColumns({}, 3)).to.deep.equal({ staffNumber: 'no-number', name: 'no-name' });
    expect(faultsOfColumns({ staffNumber: 0, name: 0 }, 3)).to.deep.equal({ name: 'twice' });
    expect(faultsOfColumns({ staffNumber: 0, givenName: 1 }, 3)).to.deep.equal({ name: 'no-name' });
    expect(faultsOfColumns({ staffNumber: 0, name: 3 }, 3)).to.deep.equal({ name: 'outside' });
  });
});
