import { expect } from 'chai';
import {
  judgeRoster,
  type PreviewOptions,
} from '../../../../../server/people/organisations/roster/preview/judge-roster.js';
import type {
  KnownMember,
  KnownUnit,
} from '../../../../../server/people/organisations/roster/preview/known-people.js';
import { summaryOf } from '../../../../../server/people/organisations/roster/preview/summary.js';
import { FIELDS } from '../../../../../server/people/organisations/roster/reading/columns.js';

const options: PreviewOptions = {
  columns: Object.fromEntries(FIELDS.map((field, at) => [field, at])),
  ...{ dayOrder: null, width: FIELDS.length, today: '2026-11-28' },
  ...{ isWhole: false, makesUnits: false, answers: {} },
};
const units: KnownUnit[] = [
  { id: 'eu', code: null, path: ['Europe'], isClosed: false },
  { id: 'fra', code: 'FRA', path: ['Europe', 'Frankfurt'], isClosed: false },
  { id: 'osl', code: 'OSL', path: ['Europe', 'Oslo'], isClosed: false },
  { id: 'old', code: 'BER', path: ['Europe', 'Berlin'], isClosed: true },
  { id: 'us', code: null, path: ['America'], isClosed: false },
  { id: 'us-crew', code: null, path: ['America', 'Crew'], isClosed: false },
  { id: 'eu-crew', code: null, path: ['Europe', 'Crew'], isClosed: false },
];
const ada: KnownMember = {
  ...{ id: 'ada', staffNumber: '007', name: 'Ada Marlow', email: 'ada@example.org', employment: 'active' },
  ...{ hiredOn: '2024-03-01', unitId: 'fra', job: 'Crew', tags: ['night'], mergedInto: null },
};
const ben: KnownMember = {
  ...ada,
  id: 'ben',
  staffNumber: '008',
  name: 'Ben Olsen',
  email: null,
  hiredOn: null,
};

type Cells = Partial<Record<(typeof FIELDS)[number], string>>;
const cellsOf = (over: Cells) => FIELDS.map(field => over[field] ?? '');
const same: Cells = {
  ...{ staffNumber: '007', name: 'Ada Marlow', email: 'ada@example.org', unit: 'FRA', job: 'Crew' },
  ...{ hiredOn: '2024-03-01', tags: 'night', employment: 'active' },
};

function judge(rows: readonly Cells[], over: Partial<PreviewOptions> = {}, members = [ada, ben]) {
  const table = rows.map((row, at) => ({ line: at + 2, cells: cellsOf(row) }));
  const all = [...judgeRoster(table, { members, units }, { ...options, ...over })];
  return {
    judged: all.filter(({ row }) => row.line > 0),
    leaves: all.filter(({ row }) => row.line === 0),
  };
}
const verdicts = (...all: Parameters<typeof judge>) => judge(...all).judged.map(({ verdict }) => verdict);
const verdict = (row: Cells, over?: Partial<PreviewOptions>, members?: KnownMember[]) =>
  verdicts([row], over, members)[0];
const codesOf = (...all: Parameters<typeof judge>) =>
  verdicts(...all).map(each =>
    each.kind === 'fault' ? each.faults.map(({ code }) => code).join() : each.kind,
  );

describe('what a list of people would change', () => {
  it('is nothing, where it says what is known, in whatever spelling', () => {
    expect(verdict(same)).to.deep.equal({ kind: 'unchanged', memberId: 'ada' });
    expect(verdict({ staffNumber: '007', name: 'Ada Marlow' })).to.deep.equal({
      kind: 'unchanged',
      memberId: 'ada',
    });
    for (const unit of ['fra', 'Europe/Frankfurt', 'EUROPE > frankfurt', 'Frankfurt'])
      expect(verdict({ ...same, unit })?.kind, unit).to.equal('unchanged');
  });

  it('is somebody new, from today, or from their first day where that is to come', () => {
    expect(verdict({ staffNumber: '009', name: 'Eve Stone', unit: 'OSL', job: 'Crew' })).to.deep.include({
      kind: 'add',
      change: {
        membershipId: null,
        fromDay: '2026-11-28',
        person: { staffNumber: '009', name: 'Eve Stone', email: null },
        home: { unitId: 'osl', job: 'Crew' },
      },
    });
    expect(verdict({ staffNumber: '009', name: 'Eve', hiredOn: '2027-01-01' })).to.deep.nested.include({
      'change.fromDay': '2027-01-01',
      'change.hiredOn': '2027-01-01',
    });
  });

  it('is a move, a change or a leave, with what changes and nothing else', () => {
    expect(verdict({ ...same, unit: 'OSL' })).to.deep.include({
      kind: 'move',
      changed: ['unit'],
      change: { membershipId: 'ada', fromDay: '2026-11-28', home: { unitId: 'osl', job: 'Crew' } },
    });
    expect(verdict({ ...same, name: 'Ada Marlow-Stone', tags: 'day' })).to.deep.include({
      kind: 'change',
      changed: ['name', 'tags'],
      change: {
        membershipId: 'ada',
        fromDay: '2026-11-28',
        person: { staffNumber: '007', name: 'Ada Marlow-Stone', email: 'ada@example.org' },
        tags: ['day'],
      },
    });
    expect(verdict({ ...same, employment: 'on leave' })).to.deep.include({
      kind: 'change',
      changed: ['employment'],
    });
    expect(verdict({ ...same, employment: 'left' })).to.deep.include({ kind: 'leave', memberId: 'ada' });
  });

  it('is a return, where somebody who left is in the list again', () => {
    const left: KnownMember = { ...ada, employment: 'left', unitId: null, job: null };
    expect(verdict({ ...same, hiredOn: '2026-11-01' }, {}, [left])).to.deep.include({
      kind: 'change',
      memberId: 'ada',
      changed: ['returns', 'unit', 'job', 'hiredOn'],
    });
    expect(verdict({ ...same, employment: 'left' }, {}, [left])).to.deep.include({ kind: 'unchanged' });
    expect(verdict({ staffNumber: '099', name: 'Nobody Here', employment: 'left' })).to.deep.include({
      kind: 'unchanged',
    });
  });

  it('is asked about, where a staff number seems to be somebody else’s now', () => {
    const other = { ...same, name: 'Eve Stone', hiredOn: '2026-11-01' };
    expect(codesOf([other])).to.deep.equal(['reused']);
    expect(codesOf([{ ...other, name: 'MARLOW, Áda' }])).to.deep.equal(['change']);
    expect(codesOf([{ ...other, hiredOn: '2024-03-01' }])).to.deep.equal(['change']);
    expect(codesOf([other], { answers: { '007': 'ada' } })).to.deep.equal(['change']);
  });

  it('is asked about, where a new number has the name and the day of hire, or the address, of somebody known', () => {
    const likeDay = { staffNumber: '107', name: 'marlow ada', hiredOn: '2024-03-01' };
    const likeMail = { staffNumber: '107', name: 'Ada Marlow', email: 'ada@example.org' };
    expect(codesOf([likeDay])).to.deep.equal(['look-alike']);
    expect(codesOf([likeMail])).to.deep.equal(['look-alike']);
    expect(codesOf([{ staffNumber: '107', name: 'Ada Marlow' }])).to.deep.equal(['add']);
    expect(codesOf([likeDay], { answers: { '107': 'new' } })).to.deep.equal(['add']);
    expect(verdict(likeDay, { answers: { '107': 'ada' } })).to.deep.include({
      kind: 'change',
      changed: ['number', 'name'],
    });
    // Both are in the list, so they are two people.
    expect(codesOf([same, likeDay])).to.deep.equal(['unchanged', 'add']);
    const questions = summaryOf(judge([likeDay]).judged).questions;
    expect(questions).to.have.length(1);
    expect(questions[0]).to.deep.include({ code: 'look-alike', staffNumber: '107', line: 2 });
  });

  it('is asked about, where two new rows look like one person', () => {
    const rows = ['201', '202'].map(staffNumber => ({
      staffNumber,
      name: 'Eve Stone',
      email: 'eve@example.org',
    }));
    expect(codesOf(rows)).to.deep.equal(['add', 'look-alike']);
    expect(codesOf(rows, { answers: { '202': 'new' } })).to.deep.equal(['add', 'add']);
  });

  it('takes a row that is there twice once, and neither of two that differ', () => {
    const eve = { staffNumber: '009', name: 'Eve Stone' };
    expect(codesOf([eve, eve])).to.deep.equal(['add', 'unchanged']);
    expect(codesOf([eve, { ...eve, job: 'Crew' }, same])).to.deep.equal([
      'repeated',
      'repeated',
      'unchanged',
    ]);
  });

  it('names the nearest open units of one that is unknown, closed or has namesakes', () => {
    const fault = (unit: string, over?: Partial<PreviewOptions>) => {
      const found = verdict({ ...same, unit }, over);
      return found?.kind === 'fault' ? found.faults[0] : found?.kind;
    };
    expect(fault('FRQ')).to.deep.include({ code: 'unit-unknown', near: ['Europe / Frankfurt (FRA)'] });
    expect(fault('Frankfort')).to.deep.include({ code: 'unit-unknown', near: ['Europe / Frankfurt (FRA)'] });
    expect(fault('Europe / Berlin')).to.deep.include({ code: 'unit-closed' });
    expect(fault('BER', { makesUnits: true })).to.deep.include({ code: 'unit-closed' });
    expect(fault('Crew')).to.deep.include({
      code: 'unit-several',
      near: ['America / Crew', 'Europe / Crew'],
    });
    expect(fault('America / Crew')).to.equal('move');
  });

  it('includes the units that are missing, where that was chosen', () => {
    const missing = (unit: string) => {
      const found = verdict({ ...same, unit }, { makesUnits: true });
      return found && 'missing' in found ? found.missing : found?.kind;
    };
    expect(missing('Frankfurt / Gate A')).to.deep.equal(['Europe', 'Frankfurt', 'Gate A']);
    expect(missing('Asia/Tokyo')).to.deep.equal(['Asia', 'Tokyo']);
    expect(missing('Crew / Late')).to.equal('fault');
    expect(missing(Array.from({ length: 9 }, (_, at) => `L${at}`).join('/'))).to.equal('fault');
    const { judged } = judge(
      [
        { ...same, unit: 'Asia' },
        { ...same, staffNumber: '010', unit: 'asia' },
      ],
      { makesUnits: true },
    );
    expect(summaryOf(judged).newUnits.count).to.equal(1);
  });
});

describe('a whole list of people', () => {
  const leaving = (rows: readonly Cells[], over: Partial<PreviewOptions> = {}, members = [ada, ben]) =>
    judge(rows, { isWhole: true, ...over }, members).leaves.map(({ staffNumber }) => staffNumber);

  it('ends the employment of those who are missing, and only where it was chosen', () => {
    expect(leaving([same])).to.deep.equal(['008']);
    expect(judge([same]).leaves).to.deep.equal([]);
  });

  it('ends nobody’s employment who left, or has no staff number', () => {
    expect(leaving([same], {}, [ada, { ...ben, employment: 'left' }])).to.deep.equal([]);
    expect(leaving([same], {}, [ada, { ...ben, staffNumber: null }])).to.deep.equal([]);
  });

  it('ends nobody’s employment because of a fault in their own row', () => {
    expect(leaving([same, { staffNumber: '008', name: 'Ben Olsen', email: 'nowhere' }])).to.deep.equal([]);
    expect(leaving([same, { staffNumber: '', name: 'Ben Olsen' }])).to.deep.equal([]);
    expect(leaving([{ ...same, staffNumber: '107' }])).to.deep.equal(['008']);
    expect(leaving([{ ...same, staffNumber: '107' }], { answers: { '107': 'ada' } })).to.deep.equal(['008']);
  });

  it('brings back nobody whose entry was merged, and ends nobody’s employment into whom it was', () => {
    const former = { ...ben, employment: 'left' as const, mergedInto: 'ada' };
    const rows = [{ staffNumber: '008', name: 'Ada Olsen' }];
    expect(verdict(rows[0] ?? {}, {}, [ada, former])).to.deep.equal({
      kind: 'fault',
      faults: [{ code: 'merged', found: '008', near: ['Ada Marlow, 007'] }],
    });
    expect(leaving(rows, {}, [ada, former])).to.deep.equal([]);
  });
});
