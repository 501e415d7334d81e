import { expect } from 'chai';
import { borderlines } from '../../../../server/workshop/content-check/gates/borderline.js';
import { confessions } from '../../../../server/workshop/content-check/gates/confessions.js';
import { cueShares } from '../../../../server/workshop/content-check/gates/cue-shares.js';
import { jobSizes, promisedOwn } from '../../../../server/workshop/content-check/gates/job-pool-sizes.js';
import { keyShares } from '../../../../server/workshop/content-check/gates/key-shares.js';
import { optionLengths } from '../../../../server/workshop/content-check/gates/option-lengths.js';
import type { OwnPromise, Pool } from '../../../../server/workshop/content-check/gates/pools.js';
import type { Item } from '../../../../server/teaching/questions/item.js';
import type { Disposition } from '../../../../server/teaching/questions/types/decision/dispositions.js';
import { decisions, gated, verdicts, type Decision } from './gated-banks.js';

/** Decisions with these keys, so many of each. */
function keyed(counts: Partial<Record<Disposition, number>>, change: Partial<Decision> = {}): Decision[] {
  const keys = (Object.entries(counts) as [Disposition, number][]).flatMap(([key, count]) =>
    Array.from({ length: count }, () => key),
  );
  return decisions(keys.length, ({ id }) => ({
    ...change,
    disposition: keys[Number(id.slice(3))] ?? 'tell',
  }));
}

/** The same items with other numbers, so that lists can be put together. */
const after = (items: readonly Decision[], first: number): Decision[] =>
  items.map((item, at) => ({ ...item, id: `M2-${String(first + at).padStart(3, '0')}` }));

const together = (...lists: Decision[][]): Decision[] => after(lists.flat(), 0);

const shows = (id: 'cash' | 'debt', relevant: boolean) => ({ cues: [{ id, relevant }] });

const pool = (items: readonly Item[], jobs: Pool['jobs'] = ['cabin']): Pool => ({
  name: 'volunteers / routes',
  file: 'routes/quiz.yaml',
  draw: 10,
  jobs,
  items: gated(items),
});

describe('the gate on cues', () => {
  const rest = keyed({ 'carry-on': 20, tell: 20 });

  it('keeps an irrelevant cue that is on both sides, and finds one that is on one', () => {
    const even = together(rest, keyed({ 'carry-on': 5, tell: 6 }, shows('cash', false)));
    expect(verdicts(cueShares(gated(even)))).to.eql({ 'cash (irrelevant)': 'kept' });
    const oneSided = together(rest, keyed({ 'carry-on': 10, tell: 2 }, shows('cash', false)));
    expect(verdicts(cueShares(gated(oneSided)))).to.eql({ 'cash (irrelevant)': 'broken' });
  });

  it('wants a relevant cue on both sides, more often beside a concern, and four times beside none', () => {
    const verdictsOf = (carryOn: number, tell: number) =>
      cueShares(gated(together(rest, keyed({ 'carry-on': carryOn, tell }, shows('debt', true))))).map(
        ({ verdict }) => verdict,
      );
    expect(verdictsOf(4, 8)).to.eql(['kept', 'kept']);
    expect(verdictsOf(1, 11)).to.eql(['broken', 'broken']);
    expect(verdictsOf(3, 8), '73 %, but three to carry on from').to.eql(['kept', 'broken']);
    expect(verdictsOf(8, 4), 'against the concern').to.eql(['broken', 'kept']);
  });

  it('keeps what a child says of fear, or asks, beside concerns alone, however few', () => {
    const asks = { cues: [{ id: 'asks-for-help' as const, relevant: true }] };
    const verdictsOf = (keys: Parameters<typeof keyed>[0]) =>
      cueShares(gated(together(rest, keyed(keys, asks)))).map(({ verdict }) => verdict);
    expect(verdictsOf({ tell: 2, urgent: 12 })).to.eql(['kept']);
    expect(verdictsOf({ tell: 12, note: 1 })).to.eql(['broken']);
    expect(verdictsOf({ 'carry-on': 1 })).to.eql(['broken']);
  });

  it('counts no situation that is only to be watched', () => {
    const watched = together(rest, keyed({ note: 20, 'carry-on': 5, tell: 6 }, shows('cash', false)));
    expect(cueShares(gated(watched)).map(({ n, verdict }) => [n, verdict])).to.eql([[11, 'kept']]);
  });

  it('judges no cue of fewer than ten items', () => {
    const few = together(rest, keyed({ 'carry-on': 9 }, shows('cash', false)));
    expect(verdicts(cueShares(gated(few)))).to.eql({ 'cash (irrelevant)': 'too few' });
  });
});

describe('the gate on keys', () => {
  const even = { 'carry-on': 14, note: 5, tell: 12, urgent: 5 };

  it('keeps a pool with its shares, to whole items', () => {
    expect(verdicts(keyShares([pool(keyed(even))]))).to.eql({
      'volunteers / routes': 'kept',
      'volunteers / routes, by job': 'kept',
    });
    expect(verdicts(keyShares([pool(keyed({ 'carry-on': 5, note: 1, tell: 4, urgent: 2 }))]))).to.include({
      'volunteers / routes': 'kept',
    });
  });

  it('finds each key of which there are too many or too few', () => {
    for (const [more, less] of [
      ['carry-on', 'note'],
      ['tell', 'urgent'],
      ['note', 'tell'],
      ['urgent', 'carry-on'],
    ] as const) {
      const counts = { ...even, [more]: even[more] + 4, [less]: even[less] - 4 };
      expect(verdicts(keyShares([pool(keyed(counts))])), more).to.include({
        'volunteers / routes': 'broken',
      });
    }
  });

  it('finds a job whose decisions have one key too often', () => {
    const own = (roles: Item['roles']) => (each: Decision) => ({ ...each, roles });
    const items = [
      ...keyed({ tell: 6, 'carry-on': 6 }).map(own(['cabin'])),
      ...after(keyed({ tell: 7, 'carry-on': 8, note: 5, urgent: 5 }).map(own(['shelter'])), 12),
    ];
    const row = keyShares([pool(items, ['cabin', 'shelter', 'driver'])])[1];
    expect(row).to.include({ n: 12, verdict: 'broken' });
    expect(row?.figure).to.match(/^cabin: /);
  });

  it('judges no pool of fewer than twelve decisions, and has no row for one without any', () => {
    expect(Object.values(verdicts(keyShares([pool(keyed({ tell: 11 }))])))).to.eql(['too few', 'too few']);
    expect(keyShares([pool([])])).to.eql([]);
  });
});

describe('the gate on confessions', () => {
  const saying = (count: number, words: string, change: Partial<Decision> = {}) =>
    decisions(30, ({ id, story }) =>
      Number(id.slice(3)) < count ? { ...change, story: `${story} "${words}"` } : {},
    );
  const verdictOf = (items: readonly Item[]) => confessions(gated(items))[0]?.verdict;

  it('finds what adults say too often, in quotation marks only', () => {
    expect(verdictOf(saying(10, 'You eat when you have paid me back'))).to.equal('kept');
    expect(verdictOf(saying(11, 'You eat when you have paid me back'))).to.equal('broken');
    expect(verdictOf(saying(11, 'Don’t talk to anybody'))).to.equal('broken');
    expect(verdictOf(saying(30, 'Good morning'))).to.equal('kept');
    expect(verdictOf(decisions(30, ({ story }) => ({ story: `${story} they owe money` })))).to.equal('kept');
  });

  it('believes an author who has looked', () => {
    const marked = (relevant: boolean) => ({ cues: [{ id: 'confession' as const, relevant }] });
    expect(verdictOf(saying(20, 'You still owe me', marked(false)))).to.equal('kept');
    expect(verdictOf(saying(20, 'Good morning', marked(true)))).to.equal('broken');
  });

  it('is no cue to be balanced', () => {
    const marked = decisions(30, () => ({ cues: [{ id: 'confession', relevant: true }] }));
    expect(cueShares(gated(marked))).to.eql([]);
  });

  it('judges no fewer than twelve situations', () => {
    expect(verdictOf(saying(11, 'You still owe me').slice(0, 11))).to.equal('too few');
  });
});

describe('the gate on lengths', () => {
  const withKey = (count: number, length: number) =>
    decisions(20, ({ id, options, key }) => ({
      options: options.map(each => ({
        ...each,
        text: 'x'.repeat(key.includes(each.id) && Number(id.slice(3)) < count ? length : 10),
      })),
    }));

  it('finds keys that are too often the longest, or the shortest', () => {
    expect(verdicts(optionLengths(gated(withKey(8, 20))))).to.eql({
      'routes, longest': 'kept',
      'routes, shortest': 'kept',
    });
    expect(verdicts(optionLengths(gated(withKey(9, 20))))).to.include({ 'routes, longest': 'broken' });
    expect(verdicts(optionLengths(gated(withKey(9, 5))))).to.include({ 'routes, shortest': 'broken' });
  });

  it('judges no bank of fewer than twenty', () => {
    expect(verdicts(optionLengths(gated(withKey(19, 20).slice(1))))).to.eql({
      'routes, longest': 'too few',
      'routes, shortest': 'too few',
    });
  });
});

describe('the gate on jobs', () => {
  const items = (own: number, open: number) =>
    decisions(own + open, ({ id }) => (Number(id.slice(3)) < own ? { roles: ['cabin'] } : {}));

  it('names each job with fewer than three times the draw', () => {
    const of = (own: number, open: number) =>
      verdicts(jobSizes([pool(items(own, open), ['cabin', 'driver'])]));
    expect(of(10, 30)).to.eql({
      'volunteers / routes, cabin': 'kept',
      'volunteers / routes, driver': 'kept',
    });
    expect(of(1, 29)).to.eql({
      'volunteers / routes, cabin': 'kept',
      'volunteers / routes, driver': 'broken',
    });
  });

  it('has no row where the course asks for no job', () => {
    expect(jobSizes([pool(items(0, 5), [])])).to.eql([]);
  });
});

describe('the gate on what is promised to jobs', () => {
  const items = (own: number, open: number) =>
    decisions(own + open, ({ id }) => (Number(id.slice(3)) < own ? { roles: ['cabin'] } : {}));
  const promise = (own: number, jobs: OwnPromise['jobs'] = ['cabin']): OwnPromise => ({
    ...{ name: 'volunteers / routes', file: 'routes/quiz.yaml', promised: 3, jobs },
    items: gated(items(own, 40)),
  });

  it('wants three times the promise of each job, whatever there is for everybody', () => {
    expect(verdicts(promisedOwn([promise(9)]))).to.eql({ 'volunteers / routes, cabin': 'kept' });
    expect(verdicts(promisedOwn([promise(8)]))).to.eql({ 'volunteers / routes, cabin': 'broken' });
  });

  it('names a job for which nothing is written, also where another of its family has enough', () => {
    expect(verdicts(promisedOwn([promise(9, ['cabin', 'driver'])]))).to.eql({
      'volunteers / routes, cabin': 'kept',
      'volunteers / routes, driver': 'broken',
    });
  });
});

describe('the missing borderline', () => {
  it('is counted by bank, and fails none', () => {
    const some = decisions(4, ({ id }) => (id === 'M2-000' ? { borderline: 60 } : {}));
    expect(borderlines(gated(some)).map(({ n, figure, verdict }) => [n, figure, verdict])).to.eql([
      [4, '3 missing, the pass mark is provisional', 'missing'],
    ]);
    const whole = decisions(4, ({ id }) => ({ borderline: id === 'M2-000' ? 80 : 60 }));
    expect(borderlines(gated(whole))[0]).to.include({ figure: 'mean 65 %', verdict: 'kept' });
    expect(borderlines(gated(decisions(4, () => ({ status: 'trial' }))))).to.eql([]);
  });
});
