import { expect } from 'chai';
import type { CertificateFacts } from '../../../../server/proof/certificates/queries.js';
import type { CycleFacts } from '../../../../server/teaching/learning/enrolments.js';
import { groupByCourse } from '../../../../server/proof/certificates/holder/by-course.js';

const certificate = (
  id: string,
  slug: string,
  awardedAt: number,
  rest: Partial<CertificateFacts> = {},
): CertificateFacts =>
  ({
    id,
    cycleId: `cycle-${id}`,
    awardedAt,
    revokedAt: null,
    suspendedAt: null,
    facts: { course: { slug, title: `${slug} of ${awardedAt}` } },
    ...rest,
  }) as CertificateFacts;

const cycle = (id: string, enrolmentId: string, number: number): CycleFacts =>
  ({ id: `cycle-${id}`, enrolmentId, number }) as CycleFacts;

describe('certificates by course', () => {
  it('is empty without certificates', () => expect(groupByCourse([], [])).to.deep.equal([]));

  it('groups certificates by course, newest first, under the newest title', () => {
    const all = [certificate('a', 'x', 1), certificate('b', 'y', 3), certificate('c', 'x', 5)];
    const courses = groupByCourse(all, [cycle('a', 'e1', 1), cycle('b', 'e2', 1), cycle('c', 'e1', 2)]);
    expect(courses.map(({ title, held }) => [title, held.map(each => each.certificate.id)])).to.deep.equal([
      ['x of 5', ['c', 'a']],
      ['y of 3', ['b']],
    ]);
  });

  it('chains renewals of one enrolment, and not those of another employer', () => {
    const all = [certificate('a', 'x', 1), certificate('b', 'x', 2), certificate('c', 'x', 3)];
    const [course] = groupByCourse(all, [cycle('a', 'e1', 1), cycle('b', 'e2', 1), cycle('c', 'e1', 3)]);
    const chain = course?.held.map(each => [each.certificate.id, each.renews?.id, each.renewedBy?.id]);
    expect(chain).to.deep.equal([
      ['c', 'a', undefined],
      ['b', undefined, undefined],
      ['a', undefined, 'c'],
    ]);
  });

  it('knows the newest cycle of each enrolment, which may have no certificate yet', () => {
    const all = [certificate('a', 'x', 1), certificate('b', 'x', 2)];
    const cycles = [cycle('begun', 'e1', 2), cycle('a', 'e1', 1), cycle('b', 'e2', 1)];
    const [course] = groupByCourse(all, cycles);
    expect(course?.held.map(each => each.newest?.id)).to.deep.equal(['cycle-b', 'cycle-begun']);
  });

  it('skips a renewal that is revoked or suspended', () => {
    const all = [
      certificate('a', 'x', 1),
      certificate('b', 'x', 2, { revokedAt: 9 }),
      certificate('c', 'x', 3, { suspendedAt: 9 }),
      certificate('d', 'x', 4),
    ];
    const [course] = groupByCourse(
      all,
      ['a', 'b', 'c', 'd'].map((id, at) => cycle(id, 'e', at + 1)),
    );
    expect(course?.held.find(each => each.certificate.id === 'a')?.renewedBy?.id).to.equal('d');
    expect(course?.held.find(each => each.certificate.id === 'd')?.renews?.id).to.equal('a');
  });
});
