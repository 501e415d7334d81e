import { expect } from 'chai';
import { dueStatements, isCurrent } from '../../../server/teaching/content/fact-expiry.js';
import type { Fact } from '../../../server/teaching/content/schema/types.js';
import { sourcesValues } from '../../../server/teaching/courses/sources-page.js';

const at = (moment: string) => Date.parse(moment);

const fact = (id: string, more: Partial<Fact> = {}): Fact => ({
  id,
  statement: 'A statement.',
  status: 'verified',
  source: 'A report',
  publisher: 'A body',
  year: 2026,
  checked: '2026-11-24',
  ...more,
});

describe('a fact that names its last good day', () => {
  const limited = fact('F002', { expires: '2027-03-01', owner: 'A lawyer' });

  it('is current until the end of that day; one that names none stays current', () => {
    expect(isCurrent(limited, at('2027-03-01T23:59:59Z'))).to.equal(true);
    expect(isCurrent(limited, at('2027-03-02T00:00:00Z'))).to.equal(false);
    expect(isCurrent(fact('F001'), at('2099-01-01'))).to.equal(true);
  });

  it('is due from 60 days before, and stays due, the earliest first', () => {
    const facts = [fact('F001'), fact('F003', { expires: '2027-03-02' }), limited];
    const packs = [{ code: 'gb', expires: '2027-03-03', owner: 'An editor' }];
    const dueAt = (moment: string) => dueStatements({ facts, packs }, at(moment));
    const due = (moment: string) => dueAt(moment).map(({ id }) => id);
    expect(due('2026-12-30')).to.deep.equal([]);
    expect(due('2026-12-31')).to.deep.equal(['F002']);
    expect(due('2027-06-01')).to.deep.equal(['F002', 'F003', 'law/gb']);
    expect(dueAt('2027-06-01').map(({ owner }) => owner)).to.deep.equal(['A lawyer', undefined, 'An editor']);
  });

  it('is not among the sources after that day', () => {
    const shown = (moment: string) =>
      sourcesValues([fact('F001'), limited], '', at(moment)).facts.map(({ id }) => id);
    expect(shown('2027-03-01')).to.deep.equal(['F001', 'F002']);
    expect(shown('2027-03-02')).to.deep.equal(['F001']);
  });
});
