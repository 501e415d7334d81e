import { expect } from 'chai';
import fc from 'fast-check';
import {
  amend,
  amendPart,
  nextChange,
  valueOn,
  type Amendment,
  type Span,
} from '../../../server/platform/lib/dated.js';

/** Days 0 to 29 of a month stand for all days. */
const DAYS = 30;
const day = (at: number) => `2026-11-${String(at + 1).padStart(2, '0')}`;
const days = Array.from({ length: DAYS }, (_, at) => day(at));

interface Said extends Span<string> {
  readonly recorded: number;
  retired: number;
}

/** Changes as a person makes them: with an end, for good, or until the next one that is planned. */
const changes = fc.array(
  fc
    .tuple(
      fc.nat(DAYS - 2),
      fc.option(fc.integer({ min: 1, max: DAYS })),
      fc.constantFrom('A', 'B', 'C', null),
      fc.boolean(),
    )
    .map(([from, length, value, isUntilNext]): Amendment<string> => {
      const to = length === null || from + length >= DAYS ? null : day(from + length);
      return isUntilNext ? { fromDay: day(from), value } : { fromDay: day(from), toDay: to, value };
    }),
  { maxLength: 12 },
);

/** The plainest model: what is so on each day. */
function paint(before: readonly (string | null)[], { fromDay, toDay, value }: Amendment<string>) {
  const from = days.indexOf(fromDay);
  const next = before.findIndex((each, at) => at > from && each !== before[from]);
  const planned = next === -1 ? DAYS : next;
  const end = toDay === undefined ? planned : toDay === null ? DAYS : days.indexOf(toDay);
  return before.map((each, at) => (at >= from && at < end ? value : each));
}

describe('facts dated twice', () => {
  it('say of each day, as of each moment, what a calendar painted day by day says', () => {
    fc.assert(
      fc.property(changes, made => {
        const rows: Said[] = [];
        const painted = [days.map((): string | null => null)];
        for (const [at, change] of made.entries()) {
          const { retired, added } = amend(
            rows.filter(each => each.retired === Infinity),
            change,
          );
          for (const row of retired) row.retired = at + 1;
          rows.push(...added.map(span => ({ ...span, recorded: at + 1, retired: Infinity })));
          painted.push(paint(painted[at] ?? [], change));
        }
        for (const [moment, calendar] of painted.entries()) {
          const said = rows.filter(({ recorded, retired }) => recorded <= moment && moment < retired);
          const found = days.map(each =>
            said.filter(({ fromDay, toDay }) => fromDay <= each && each < (toDay ?? '~')),
          );
          expect(found.map(each => each.map(({ value }) => value))).to.deep.equal(
            calendar.map(value => (value === null ? [] : [value])),
          );
        }
      }),
    );
  });

  it('are written only where something differs', () => {
    fc.assert(
      fc.property(changes, fc.constantFrom('A', 'B'), (made, value) => {
        const apply = (rows: Span<string>[], change: Amendment<string>) => {
          const { retired, added } = amend(rows, change);
          return [...rows.filter(each => !retired.includes(each)), ...added];
        };
        const last = { fromDay: day(3), toDay: day(9), value };
        const rows = apply(made.reduce(apply, []), last);
        expect(amend(rows, last)).to.deep.equal({ retired: [], added: [] });
      }),
    );
  });

  const NOW = [
    { fromDay: day(0), toDay: day(10), value: 'A' },
    { fromDay: day(10), toDay: null, value: 'B' },
  ];

  it('keep a change that is planned already, unless it is replaced for good', () => {
    expect(amend(NOW, { fromDay: day(5), value: 'C' }).added).to.deep.include({
      fromDay: day(5),
      toDay: day(10),
      value: 'C',
    });
    const forGood = amend(NOW, { fromDay: day(5), toDay: null, value: 'C' });
    expect(forGood.retired).to.deep.equal(NOW);
    expect(forGood.added).to.deep.equal([
      { fromDay: day(0), toDay: day(5), value: 'A' },
      { fromDay: day(5), toDay: null, value: 'C' },
    ]);
  });

  it('do not take a row that goes on with the same value for a change', () => {
    const twice = [
      { fromDay: day(0), toDay: day(4), value: 'A' },
      { fromDay: day(4), toDay: day(10), value: 'A' },
    ];
    expect(nextChange(twice, day(1))).to.equal(day(10));
    expect(nextChange(twice, day(10))).to.equal(null);
    expect(valueOn(twice, day(10))).to.equal(null);
  });

  it('compare values by what they hold', () => {
    const placed = [{ fromDay: day(0), toDay: null, value: { unitId: 'u', job: null } }];
    expect(amend(placed, { fromDay: day(5), value: { unitId: 'u', job: null } }).retired).to.deep.equal([]);
  });

  it('refuse to end before they begin', () => {
    expect(() => amend(NOW, { fromDay: day(5), toDay: day(5), value: 'C' })).to.throw(RangeError);
  });

  it('of several parts change in one of them, while the others stay as they are planned', () => {
    const move = { fromDay: day(10), toDay: null, value: { name: 'Old', parentId: 'B' } };
    const before = [{ fromDay: day(0), toDay: day(10), value: { name: 'Old', parentId: 'A' } }, move];
    const { retired, added } = amendPart(before, { fromDay: day(5), part: { name: 'New' } });
    expect(retired).to.deep.equal(before);
    expect(added).to.deep.equal([
      { fromDay: day(0), toDay: day(5), value: { name: 'Old', parentId: 'A' } },
      { fromDay: day(5), toDay: day(10), value: { name: 'New', parentId: 'A' } },
      { fromDay: day(10), toDay: null, value: { name: 'New', parentId: 'B' } },
    ]);
    const moved = amendPart(before, { fromDay: day(5), part: { parentId: 'C' } });
    expect(moved.retired).to.deep.equal([before[0]]);
    expect(moved.added.at(-1)).to.deep.equal({
      ...before[0],
      fromDay: day(5),
      value: { name: 'Old', parentId: 'C' },
    });
  });

  it('of several parts begin nowhere where nothing was so', () => {
    const open = [{ fromDay: day(5), toDay: day(8), value: { name: 'Old' } }];
    const { added } = amendPart(open, { fromDay: day(0), toDay: null, part: { name: 'New' } });
    expect(added).to.deep.equal([{ fromDay: day(5), toDay: day(8), value: { name: 'New' } }]);
  });
});
