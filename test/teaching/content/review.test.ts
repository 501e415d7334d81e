import { expect } from 'chai';
import { buildCourseVersion } from '../../../server/teaching/content/snapshot.js';
import { faultsOf, files, lineOf, sound } from './fixture.js';

const REVIEW = `reviews:
  - { role: legal, status: missing }
readers:
  - { id: r1, kind: automated, lesson: true, on: 2026-11-28 }
  - { id: r2, kind: person, lesson: false, on: 2026-11-29 }
readings:
  - item: M2-001
    answers: { r1: { choice: a }, r2: { choice: b } }
`;

const withReview = (text: string) => ({ ...files(), 'routes/review.yaml': text });

const faultAfter = (from: string, to: string) => {
  const text = REVIEW.replace(from, to);
  expect(text).to.not.equal(REVIEW);
  return { text, faults: faultsOf(withReview(text)) };
};

describe('what blind readers answered', () => {
  it('is read with who they are, and whether they had read the lesson', () => {
    const { readers, readings } = sound(withReview(REVIEW)).modules[0]?.blind ?? {};
    expect(readers?.map(({ id, kind, lesson }) => [id, kind, lesson])).to.eql([
      ['r1', 'automated', true],
      ['r2', 'person', false],
    ]);
    expect(readings).to.eql([{ item: 'M2-001', answers: { r1: { choice: 'a' }, r2: { choice: 'b' } } }]);
  });

  it('is empty until somebody has read the bank', () => {
    expect(sound().modules[0]?.blind).to.eql({ readers: [], readings: [] });
  });

  it('is not part of a course version', () => {
    const digest = (content: ReturnType<typeof sound>) => buildCourseVersion(content, 'volunteers').sha256;
    expect(digest(sound(withReview(REVIEW)))).to.equal(digest(sound()));
  });

  it('names items of the bank and readers of the list, each once', () => {
    const stranger = faultAfter('item: M2-001', 'item: M2-009');
    expect(stranger.faults.map(({ line }) => line)).to.eql([lineOf(stranger.text, 'item: M2-009')]);
    for (const [from, to] of [
      ['{ r1: { choice: a }', '{ r9: { choice: a }'],
      ['id: r2', 'id: r1'],
      ['readings:\n', 'readings:\n  - { item: M2-001, answers: {} }\n'],
    ] as const)
      expect(faultAfter(from, to).faults, to).to.not.eql([]);
  });

  it('is a whole answer to the item', () => {
    const { text, faults } = faultAfter('r1: { choice: a }', 'r1: { choice: d }');
    expect(faults.map(({ line }) => line)).to.eql([lineOf(text, 'answers:')]);
  });
});
