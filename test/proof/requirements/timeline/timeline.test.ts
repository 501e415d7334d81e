import { expect } from 'chai';
import { asKnown, NOW } from '../../../../server/proof/requirements/timeline/as-known.js';
import { credit, HOME, on, person, said, span, story, version } from './one-person.js';

const audience = { units: [], jobs: [], tags: [], hiredSince: null, holds: null };

describe('a timeline', () => {
  it('begins when something is required, and goes on for good', () => {
    expect(story(person())).to.deep.equal([
      '2025-01-01 due-soon 2025-01-31',
      '2025-02-01 overdue 2025-01-31',
    ]);
    expect(story(person({ employment: [span('2025-01-01', 'left')] }))).to.deep.equal([]);
    expect(story(person({}, { versions: [] }))).to.deep.equal([]);
  });

  it('follows a cover through its last month, its grace, and what comes after', () => {
    expect(story(person({ credits: [credit('2025-01-10', '2025-12-31')] }))).to.deep.equal([
      '2025-01-01 due-soon 2025-01-31',
      '2025-01-10 current 2025-12-31',
      '2025-12-01 expiring 2025-12-31',
      '2026-01-01 in-grace 2025-12-31',
      '2026-01-15 overdue 2025-12-31',
    ]);
  });

  it('a completed course whose certificate has ended is overdue', () => {
    const facts = person({ credits: [credit('2025-01-10', '2025-06-30')] });
    expect(on(facts, '2026-03-01')).to.include({ standing: 'overdue', dueDay: '2025-06-30' });
    expect(on(facts, '2026-03-01')?.because.cover).to.deep.equal({
      ...{ creditId: 'credit-2025-01-10', lastDay: '2025-06-30', by: 'certificate' },
    });
  });

  it('one completion ends any number of missed periods', () => {
    const facts = person({
      credits: [credit('2025-01-10', '2025-06-30'), credit('2028-01-10', '2028-12-31')],
    });
    expect(on(facts, '2028-01-09')).to.include({ standing: 'overdue' });
    expect(on(facts, '2028-01-10')).to.include({ standing: 'current', dueDay: '2028-12-31' });
  });

  it('a late completion counts from its own day', () => {
    const facts = person({ credits: [credit('2025-05-01', '2026-04-30')] });
    expect(on(facts, '2025-04-30')).to.include({ standing: 'overdue', dueDay: '2025-01-31' });
  });

  it('being meant in two ways is one duty', () => {
    const both = person(
      { credits: [credit('2025-01-10', '2025-12-31')] },
      { marks: [span('2025-03-01', 'added')] },
    );
    expect(on(both, '2025-04-01')?.because).to.deep.include({ meant: 'added', meantSince: '2025-01-01' });
    expect(story(both)).to.deep.equal(story(person({ credits: [credit('2025-01-10', '2025-12-31')] })));
  });

  it('whoever was removed by hand stays out while the audience goes on meaning them', () => {
    const facts = person(
      {},
      {
        marks: [span('2025-02-01', 'removed')],
        versions: [version(1, '2025-01-01'), version(2, '2025-06-01', { graceDays: 1 })],
      },
    );
    expect(on(facts, '2026-01-01')).to.include({ standing: 'not-required' });
    expect(on(facts, '2026-01-01')?.because.meant).to.equal('removed');
  });

  it('who is removed and comes back keeps what they completed', () => {
    const facts = person(
      { credits: [credit('2025-01-10', '2025-12-31')] },
      { marks: [span('2025-02-01', 'removed', '2025-03-01')] },
    );
    expect(on(facts, '2025-02-15')).to.include({ standing: 'not-required' });
    expect(on(facts, '2025-03-01')).to.include({ standing: 'current' });
  });

  it('whoever leaves the audience is not waived', () => {
    const facts = person(
      { places: [span('2025-01-01', HOME, '2025-03-01'), span('2025-03-01', { ...HOME, unitId: 'rome' })] },
      { versions: [version(1, '2025-01-01', { audience: { ...audience, units: ['north'] } })] },
    );
    expect(on(facts, '2025-03-01')).to.deep.include({ standing: 'not-required', unitId: 'rome' });
    expect(on(facts, '2025-03-01')?.because).to.include({ meant: 'outside', exemptionId: null });
  });

  it('a missing day of hire is a gap, and no other day takes its place', () => {
    const byHire = { versions: [version(1, '2025-01-01', { firstDue: { after: 'hired', days: 30 } })] };
    const facts = person({ hired: [], credits: [credit('2025-03-01', '2025-05-31')] }, byHire);
    expect(on(facts, '2025-02-01')).to.include({ standing: 'gap', dueDay: null });
    expect(on(facts, '2025-02-01')?.because).to.include({ gap: 'no-hire-date', firstDue: null });
    expect(on(facts, '2025-04-01')).to.include({ standing: 'current' });
    expect(on(facts, '2026-04-01')).to.include({ standing: 'overdue', dueDay: '2025-05-31' });
  });

  it('a job is the same in whatever case it is written', () => {
    const facts = person(
      {},
      { versions: [version(1, '2025-01-01', { audience: { ...audience, jobs: ['CABIN crew'] } })] },
    );
    expect(on(facts, '2025-01-01')?.because.meant).to.equal('audience');
  });

  it('a requirement that has ended leaves what was', () => {
    const versions = [version(1, '2025-01-01'), version(2, '2025-06-01', { inForce: false })];
    const facts = person({ credits: [credit('2025-01-10', '2025-12-31')] }, { versions });
    expect(on(facts, '2025-05-31')).to.include({ standing: 'current' });
    expect(on(facts, '2025-06-01')?.because.meant).to.equal('not-in-force');
  });
});

describe('update modes', () => {
  const inOslo = { ...audience, units: ['oslo'] };
  const moves = {
    places: [span('2025-01-01', HOME, '2025-03-01'), span('2025-03-01', { ...HOME, unitId: 'rome' })],
  };
  const arrives = {
    places: [span('2025-01-01', { ...HOME, unitId: 'rome' }, '2025-03-01'), span('2025-03-01', HOME)],
  };
  const why = (mode: 'follow' | 'add-only' | 'remove-only' | 'paused', member: typeof moves) =>
    on(person(member, { versions: [version(1, '2025-01-01', { audience: inOslo, mode })] }), '2025-03-01')
      ?.because.meant;

  it('who moves away stays where nobody is taken out', () => {
    expect(why('follow', moves)).to.equal('outside');
    expect(why('add-only', moves)).to.equal('kept');
    expect(why('remove-only', moves)).to.equal('outside');
    expect(why('paused', moves)).to.equal('kept');
  });

  it('who arrives is added where people are', () => {
    expect(why('follow', arrives)).to.equal('audience');
    expect(why('add-only', arrives)).to.equal('audience');
    expect(why('remove-only', arrives)).to.equal(undefined);
    expect(why('paused', arrives)).to.equal(undefined);
  });

  it('who leaves and comes back begins anew', () => {
    const employment = [
      span('2025-01-01', 'active' as const, '2025-02-01'),
      span('2025-02-01', 'left' as const, '2025-03-01'),
    ];
    const back = person({ employment: [...employment, span('2025-03-01', 'active')] });
    expect(on(back, '2025-02-01')?.because.meant).to.equal('left');
    expect(on(back, '2025-03-01')).to.deep.include({ standing: 'due-soon', dueDay: '2025-03-31' });
  });
});

describe('the first due day', () => {
  const due = (facts: Parameters<typeof on>[0], day: string) => {
    const { day: dueDay, by } = on(facts, day)?.because.firstDue ?? {};
    return `${dueDay} ${by}`;
  };
  const late = { on: '2025-12-31' };
  const soon = { on: '2025-07-01' };

  it('is never before the notice of its version', () => {
    expect(
      due(person({}, { versions: [version(1, '2025-01-01', { noticeDays: 60 })] }), '2025-01-01'),
    ).to.equal('2025-03-02 notice');
  });

  it('once announced stays where it is later, unless it is brought forward', () => {
    const then = (bringForward: boolean) =>
      due(
        person(
          {},
          {
            versions: [
              version(1, '2025-01-01', { firstDue: late }),
              version(2, '2025-06-01', { firstDue: soon, bringForward }),
            ],
          },
        ),
        '2025-06-01',
      );
    expect(then(false)).to.equal('2025-12-31 announced');
    expect(then(true)).to.equal('2025-07-01 day');
  });

  it('does not move where a version changes only what comes after it', () => {
    const versions = [version(1, '2025-01-01'), version(2, '2025-06-01', { noticeDays: 30, reminders: [7] })];
    expect(on(person({}, { versions }), '2025-06-01')).to.include({
      standing: 'overdue',
      dueDay: '2025-01-31',
    });
  });

  it('gives way to an extension while it runs', () => {
    const exemptions = [
      {
        ...{ id: 'extension', kind: 'extension' as const, fromDay: '2025-01-20', toDay: '2025-03-01' },
        ...{ dueDay: '2025-02-28', ...said },
      },
    ];
    const facts = person({}, { exemptions });
    expect(due(facts, '2025-01-20')).to.equal('2025-02-28 extension');
    expect(on(facts, '2025-03-01')).to.include({ standing: 'overdue', dueDay: '2025-01-31' });
  });

  it('that falls in leave waits for the return where the rule says so', () => {
    const employment = [
      span('2025-01-01', 'active' as const, '2025-01-20'),
      span('2025-01-20', 'on-leave' as const, '2025-03-01'),
      span('2025-03-01', 'active' as const),
    ];
    const versions = [version(1, '2025-01-01', { leave: { due: 'after-return', days: 14 } })];
    expect(on(person({ employment }), '2025-03-01')).to.include({ standing: 'overdue' });
    expect(on(person({ employment }), '2025-02-01')).to.include({ standing: 'on-leave' });
    expect(due(person({ employment }, { versions }), '2025-01-01')).to.equal('2025-03-15 after-return');
  });
});

describe('what covers', () => {
  const yearly = {
    months: 12,
    snap: 'month-end',
    counts: 'from-previous-end',
    opens: 60,
    grace: 30,
  } as const;

  it('under a rule of its own an early renewal keeps its day, whatever the source', () => {
    const versions = [version(1, '2025-01-01', { renewal: { kind: 'own', validity: yearly } })];
    const credits = [credit('2025-01-10', null), credit('2026-01-05', '2026-06-01', { version: null })];
    expect(on(person({ credits }, { versions }), '2026-01-05')).to.include({ dueDay: '2027-01-31' });
  });

  it('once is for good', () => {
    const versions = [version(1, '2025-01-01', { renewal: { kind: 'once' } })];
    const facts = person({ credits: [credit('2025-01-10', '2025-06-30')] }, { versions });
    expect(on(facts, '2035-01-01')).to.include({ standing: 'current', dueDay: null });
  });

  it('of an earlier version ends the day before a material change', () => {
    const versions = [
      version(1, '2025-01-01', { material: [{ course: 'basics', version: 2, by: '2025-09-01' }] }),
    ];
    const credits = [credit('2025-01-10', '2026-12-31')];
    expect(on(person({ credits }, { versions }), '2025-08-31')).to.include({
      standing: 'expiring',
      dueDay: '2025-08-31',
    });
    expect(on(person({ credits }, { versions }), '2025-09-01')?.because.cover?.by).to.equal('material');
    const newer = [...credits, credit('2025-08-01', '2026-07-31', { version: 2 })];
    expect(on(person({ credits: newer }, { versions }), '2025-09-01')).to.include({ standing: 'current' });
  });

  it('does not while it is suspended, and always did once that is lifted', () => {
    const suspended = { id: 'void', ...span('2025-03-01', 'suspended') };
    const facts = (retiredAt: number | null) =>
      person({
        credits: [
          credit('2025-01-10', '2025-12-31', { voids: [{ ...suspended, recordedAt: 5, retiredAt }] }),
        ],
      });
    expect(on(asKnown(facts(null), NOW), '2025-03-02')).to.include({
      standing: 'in-grace',
      dueDay: '2025-02-28',
    });
    expect(on(asKnown(facts(null), NOW), '2025-03-02')?.because.cover?.by).to.equal('void');
    expect(on(asKnown(facts(9), NOW), '2025-03-02')).to.include({ standing: 'current' });
    expect(on(asKnown(facts(9), 7), '2025-03-02')).to.include({ standing: 'in-grace' });
    expect(on(asKnown(facts(9), 4), '2025-03-02')).to.include({ standing: 'current' });
  });

  it('goes on through a waiver, which ends by itself', () => {
    const exemptions = [
      {
        id: 'waiver',
        kind: 'waiver' as const,
        fromDay: '2025-02-01',
        toDay: '2025-03-01',
        dueDay: null,
        ...said,
      },
    ];
    const facts = person({ credits: [credit('2025-01-10', '2025-02-20')] }, { exemptions });
    expect(on(facts, '2025-02-10')).to.include({ standing: 'waived', dueDay: null });
    expect(on(facts, '2025-02-10')?.because.exemptionId).to.equal('waiver');
    expect(on(facts, '2025-03-01')).to.include({ standing: 'in-grace', dueDay: '2025-02-20' });
  });
});
