import { expect } from 'chai';
import { courseSchema } from '../../../../server/teaching/content/schema/course.js';

const { validity } = courseSchema.shape;
const plain = { months: 12, snap: 'none' };
const march = { ...plain, counts: 'fixed-day', fixedDay: { month: 3, day: 31 } };

describe('the validity that a course names', () => {
  it('is a length, with or without a rule, its window, grace and least time', () => {
    for (const rule of [
      plain,
      { ...plain, snap: 'month-end', counts: 'from-previous-end', opens: 60, grace: 30, minimum: 6 },
      { ...plain, counts: 'from-completion' },
      march,
      { ...march, fixedDay: { month: 2, day: 29 }, minimum: 6 },
    ])
      expect(validity.safeParse(rule).success, JSON.stringify(rule)).to.equal(true);
  });

  it('is refused where no end could be worked out', () => {
    for (const rule of [
      { ...plain, months: 0 },
      { ...plain, counts: 'from-hire' },
      { ...plain, counts: 'fixed-day' },
      { ...plain, fixedDay: { month: 3, day: 31 } },
      { ...march, fixedDay: { month: 4, day: 31 } },
      { ...march, fixedDay: { month: 2, day: 30 } },
      { ...march, months: 11 },
      { ...march, snap: 'month-end' },
      { ...plain, minimum: 13 },
      { ...plain, opens: 0 },
      { ...plain, grace: -1 },
      { ...plain, window: 60 },
    ])
      expect(validity.safeParse(rule).success, JSON.stringify(rule)).to.equal(false);
  });
});
