import fc from 'fast-check';
import type { Exhibit } from '../../../server/teaching/exhibits/exhibit-shape.js';
import type { SpotItem } from '../../../server/teaching/questions/types/spot/spot-schema.js';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** A duty log whose entries are called a, b, c and so on. */
export const sampleLog = (count: number): Exhibit => ({
  kind: 'duty-log',
  title: 'Night desk',
  entries: IDS.slice(0, count).map((id, at) => ({ id, time: `0${at}:10`, text: `Entry ${id}`, by: 'Kim' })),
});

/** A spot item on a duty log: `reported` are to be passed on. All its secret texts carry the word SECRET. */
export const sampleSpot = (
  { count = 5, reported = ['b', 'd'] }: { count?: number; reported?: readonly string[] } = {},
  changes: Partial<SpotItem> = {},
): SpotItem => ({
  id: 'M2-001',
  objective: 'M2-O2',
  level: 'apply',
  type: 'spot',
  depth: 'essentials',
  critical: false,
  stem: 'What of this night would you pass on?',
  facts: ['F070'],
  exhibit: sampleLog(count),
  marks: IDS.slice(0, count).map(id => ({
    id,
    report: reported.includes(id),
    feedback: `SECRET feedback on ${id}`,
  })),
  ...changes,
});

/** Items with three to seven parts, of which all may be ordinary. */
export const arbitrarySpots: fc.Arbitrary<SpotItem> = fc
  .integer({ min: 3, max: 7 })
  .chain(count =>
    fc
      .subarray(IDS.slice(0, count), { maxLength: count - 1 })
      .map(reported => sampleSpot({ count, reported })),
  );

/** Every complete answer to an item, as a page can send it. */
export function spotAnswers({ marks }: SpotItem): { mark: string[] }[] {
  const chosen = marks.reduce<string[][]>((all, { id }) => all.flatMap(ids => [ids, [...ids, id]]), [[]]);
  return chosen.map(ids => ({ mark: ids.length === 0 ? ['none'] : ids }));
}
