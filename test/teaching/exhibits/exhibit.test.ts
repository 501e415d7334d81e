import { expect } from 'chai';
import {
  exhibitOf,
  exhibitParts,
  exhibitText,
  withExhibit,
} from '../../../server/teaching/exhibits/exhibit-parts.js';
import { exhibitReference, exhibitSchema } from '../../../server/teaching/exhibits/exhibit-schema.js';
import { sampleExhibits } from './exhibit-samples.js';

const { booking, 'seat-plan': seats, rota, hundred, counter, stations, talks, plate } = sampleExhibits;

const dimmed = (share: { count: number }, at: number) => ({ ...share, count: share.count - at });
const [journey = stations.journeys[0], ...others] = stations.journeys;
const going = (...roles: string[]) => ({
  ...stations,
  journeys: [
    { ...journey, stations: journey?.stations.slice(0, 1).map(each => ({ ...each, roles })) },
    ...others,
  ],
});
const line = { from: 'You', text: 'Good morning' };

describe('an exhibit', () => {
  for (const [kind, exhibit] of Object.entries(sampleExhibits)) {
    it(`of the kind ${kind} is taken unchanged, and read part by part`, () => {
      expect(exhibitSchema.parse(exhibit)).to.deep.equal(exhibit);
      expect(exhibit.kind).to.equal(kind);
      const parts = exhibitParts(exhibit);
      const isMarkable = JSON.stringify(exhibit).includes('"id"');
      expect(parts.map(({ id }) => id).includes('p1')).to.equal(isMarkable);
      expect(parts.every(({ text }) => text.length > 0)).to.equal(true);
      const words = JSON.stringify(exhibit).match(/\bword\d+/g) ?? [];
      expect(words).to.not.be.empty;
      for (const word of words) expect(exhibitText(exhibit).split(/\b/)).to.include(word);
    });
  }

  const faults: [string, object, RegExp][] = [
    ['of an unknown kind', { ...booking, kind: 'photo' }, /kind/],
    ['with a picture', { ...booking, image: 'a.png' }, /image/],
    ['with two parts of one id', { ...booking, facts: [...booking.facts, ...booking.facts] }, /the id .*p1/],
    ['with an empty text', { ...booking, facts: [{ label: 'A', value: ' ' }, ...booking.facts] }, /text/],
    ['with a seat too few', { ...seats, columns: [...seats.columns, 'Z'] }, /cells under/],
    ['with an aisle beside no seat', { ...seats, aisle: 'C' }, /between no two columns/],
    ['with an aisle after no column', { ...seats, aisle: 'Z' }, /Name one of: A, B/],
    ['with a cell too many', { ...rota, columns: rota.columns.slice(1) }, /cells under/],
    ['with 99 dots of a hundred', { ...hundred, shares: hundred.shares.map(dimmed) }, /make 99 of 100/],
    [
      'with a shape for one of three',
      { ...counter, objects: [...counter.objects, { name: 'A cup', text: 'Full' }] },
      /2 of 3 objects have a shape/,
    ],
    [
      'with a shape that nobody drew',
      { ...counter, objects: [{ name: 'A', shape: 'face', text: 'B' }, ...counter.objects] },
      /shape/,
    ],
    [
      'with more shapes than a phone shows',
      {
        ...counter,
        objects: Array.from({ length: 7 }, () => ({ name: 'A', shape: 'cup', text: 'B' })),
      },
      /7 of 7 objects/,
    ],
    [
      'with fewer parts than its drawing numbers',
      { ...plate, parts: plate.parts.slice(1) },
      /5 numbers, and the list 4 parts/,
    ],
    ['with a drawing that nobody drew', { ...plate, drawing: 'safe' }, /drawing/],
    ['with a story that ends before it begins', going('destination', 'source'), /goes destination, source/],
    ['with a story without an end', going('source', 'transit'), /goes source, transit/],
    [
      'with a role told twice',
      going('source', 'destination', 'destination'),
      /goes source, destination, destination/,
    ],
    [
      'with two lines that decide',
      { ...talks, lines: [...talks.lines, { ...line, second: 'Good evening' }] },
      /2 lines are different/,
    ],
    ['with no line that decides', { ...talks, lines: [line, line] }, /0 lines are different/],
    [
      'with a second line like the first',
      { ...talks, lines: [line, { ...line, second: line.text }] },
      /0 lines are different/,
    ],
  ];
  for (const [name, exhibit, problem] of faults) {
    it(`is refused ${name}`, () => {
      expect(JSON.stringify(exhibitSchema.safeParse(exhibit).error?.issues ?? '')).to.match(problem);
    });
  }

  it('may be written whole or by its name; a fault is told at its own place', () => {
    expect(exhibitReference.parse('night-desk')).to.equal('night-desk');
    expect(exhibitReference.parse(booking)).to.deep.equal(booking);
    expect(exhibitReference.safeParse('Night desk').success).to.equal(false);
    const parsed = exhibitReference.safeParse({ ...booking, facts: [{ label: 'A' }, ...booking.facts] });
    expect(parsed.error?.issues.map(({ path }) => path)).to.deep.equal([['facts', 0, 'value']]);
  });

  it('takes the place of its name, where the name is known', () => {
    const known = { ...booking, id: 'night-booking' };
    expect(withExhibit({ exhibit: 'night-booking' }, [known])).to.deep.equal({ exhibit: known });
    expect(withExhibit({ exhibit: 'other' }, [known, booking])).to.deep.equal({ exhibit: 'other' });
    expect(withExhibit({}, [booking])).to.deep.equal({});
    expect([exhibitOf({ exhibit: known }), exhibitOf({ exhibit: 'other' }), exhibitOf({})]).to.deep.equal([
      known,
      null,
      null,
    ]);
  });
});
