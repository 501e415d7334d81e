import { expect } from 'chai';
import { courseSchema } from '../../../../server/teaching/content/schema/course.js';

const { certificate } = courseSchema.shape;
const good = { subject: 'noticing what matters', showed: 'The holder showed how to notice what matters.' };

describe('what a course says on its certificates', () => {
  it('is a subject and what was assessed', () => {
    expect(certificate.safeParse(good).success).to.equal(true);
    expect(
      certificate.safeParse({ ...good, subject: 's'.repeat(90), showed: `A${'b'.repeat(238)}.` }).success,
    ).to.equal(true);
  });

  it('is refused where it is missing, speaks to a learner, holds a link or does not fit on the paper', () => {
    for (const wrong of [
      undefined,
      {},
      { ...good, subject: '' },
      { ...good, subject: 'Noticing what matters' },
      { ...good, subject: 'noticing what matters.' },
      { ...good, subject: 'noticing: what matters' },
      { ...good, subject: 'noticing what matters to you' },
      { ...good, subject: 's'.repeat(91) },
      { ...good, showed: 'You learn to notice what matters.' },
      { ...good, showed: 'The longer lessons are there if you wish.' },
      { ...good, showed: 'See https://example.org for what was shown.' },
      { ...good, showed: 'See www.example.org for what was shown.' },
      { ...good, showed: 'The holder showed how' },
      { ...good, showed: `A${'b'.repeat(239)}.` },
      { ...good, more: 'x' },
    ])
      expect(certificate.safeParse(wrong).success, JSON.stringify(wrong)).to.equal(false);
  });
});
