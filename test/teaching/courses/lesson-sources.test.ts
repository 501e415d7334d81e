import { expect } from 'chai';
import type { Fact } from '../../../server/teaching/content/schema/types.js';
import { lessonSources } from '../../../server/teaching/courses/lesson-sources.js';

const fact = (id: string, publisher: string, more: Partial<Fact> = {}): Fact => ({
  ...{ id, publisher, statement: 'It is so.', status: 'verified', source: `Title of ${id}` },
  ...{ year: 2020, checked: '2026-11-24', ...more },
});
const facts = [
  fact('F001', 'United Nations'),
  fact('F002', 'United Nations', { source: 'Title of F001' }),
  fact('F003', 'United Nations', { year: 2000 }),
  fact('F004', 'ILO', { status: 'unverified', year: null }),
  fact('F005', 'Source text of this course'),
  fact('F006', 'Course authors', { status: 'interpretation' }),
];
const names = { source: (number: number) => `source ${number}`, back: (place: number) => `back ${place}` };
const numbered = (...places: string[][]) => {
  const { sources, cite } = lessonSources(facts, names);
  return { numbers: places.map(ids => cite(ids).map(({ number }) => number)), sources };
};

describe('the sources of a lesson', () => {
  it('are numbered in the order of the text, those of one publisher and year together', () => {
    const { numbers, sources } = numbered(['F003'], ['F001', 'F002'], ['F004', 'F003']);
    expect(numbers).to.deep.equal([[1], [2], [3, 1]]);
    expect(sources.map(({ text }) => text)).to.deep.equal([
      'United Nations, 2000',
      'United Nations, 2020',
      'ILO',
    ]);
    expect(sources[1]?.titles).to.deep.equal([{ text: 'Title of F001', href: '/sources?fact=F001#F001' }]);
  });

  it('lead to each place that cites them, and each place to its source', () => {
    const { sources, cite } = lessonSources(facts, names);
    const cited = [...cite(['F001']), ...cite(['F001'])];
    expect(cited.map(({ href, name }) => [href, name])).to.deep.equal([
      ['#source-1', 'source 1'],
      ['#source-1', 'source 1'],
    ]);
    expect(sources.map(({ id }) => id)).to.deep.equal(['source-1']);
    expect(sources[0]?.places).to.deep.equal(
      cited.map(({ id }, at) => ({ href: `#${id}`, name: `back ${at + 1}` })),
    );
    expect(new Set(cited.map(({ id }) => id)).size).to.equal(2);
  });

  it('are never the course itself', () => {
    const { numbers, sources } = numbered(['F005'], ['F006', 'F001'], ['F999']);
    expect(numbers).to.deep.equal([[], [1], []]);
    expect(sources).to.have.length(1);
  });

  it('have no link to a fact that the page of sources does not show', () => {
    expect(numbered(['F004']).sources[0]?.titles).to.deep.equal([{ text: 'Title of F004', href: null }]);
  });
});
