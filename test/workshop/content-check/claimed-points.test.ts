import { expect } from 'chai';
import { checkContent } from '../../../server/workshop/content-check/check.js';
import { loadContent } from '../../../server/teaching/content/load/load.js';
import { files, withFolder, type Files } from '../../teaching/content/fixture.js';

const QUIZ = 'routes/quiz.yaml';
const COURSE = 'courses/volunteers.yaml';

/** The sound folder with more items, of which the first ones ask a point, and a course that claims one. */
function tree({
  asking,
  point = 'S12',
  claims = 'S12',
}: {
  asking: number;
  point?: string;
  claims?: string;
}): Files {
  const all = files();
  const [head = '', first = '', ...others] = (all[QUIZ] ?? '').split(/^(?= {2}- id: )/m);
  const items = [first, ...others, ...[4, 5, 6].map(n => first.replace('M2-001', `M2-00${n}`))];
  const asked = items.map((item, at) =>
    at < asking ? item.replace('    critical:', `    points: [${point}]\n    critical:`) : item,
  );
  const course = (all[COURSE] ?? '').replace('criteria:', `claims: [${claims}]\ncriteria:`);
  return { ...all, [QUIZ]: [head, ...asked].join(''), [COURSE]: course };
}

function faultsOf(files: Files): string[] {
  const result = withFolder(files, loadContent);
  if (!result.ok) return result.faults.map(({ problem }) => problem);
  const { faults } = checkContent(result.content, { now: Date.parse('2026-12-01'), lineOf: result.lineOf });
  return faults.filter(({ file }) => file === COURSE).map(({ problem }) => problem);
}

describe('a point that a course claims', () => {
  it('is asked by four of the items that the course can draw', () => {
    // One of the first five is not drawn at the depth of the course.
    expect(faultsOf(tree({ asking: 5 })).filter(each => each.includes('S12'))).to.deep.equal([]);
    expect(faultsOf(tree({ asking: 4 }))).to.include(
      'S12 is claimed, and 3 of the items that are drawn ask it.',
    );
  });

  it('is the only one that an item may ask', () => {
    const found = faultsOf(tree({ asking: 1, point: 'S05' }));
    expect(found).to.include('M2-001 asks S05, which the course does not claim.');
  });

  it('exists', () => {
    expect(faultsOf(tree({ asking: 4, claims: 'S13' }))).to.include('S13 is not a point in seeds.yaml.');
  });
});
