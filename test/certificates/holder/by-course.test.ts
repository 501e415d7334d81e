import { expect } from 'chai';
import type { CertificateFacts } from '../../../server/certificates/queries.js';
import { groupByCourse } from '../../../server/certificates/holder/by-course.js';

const certificate = (
  id: string,
  slug: string,
  awardedAt: number,
  rest: Partial<CertificateFacts> = {},
): CertificateFacts =>
  ({
    id,
    cycleId: `round-${id}`,
    awardedAt,
    revokedAt: null,
    suspendedAt: null,
    facts: { course: { slug, title: `${slug} of ${awardedAt}` } },
    ...rest,
  }) as CertificateFacts;

const round = (id: string, enrolmentId: string, number: number) => ({
  id: `round-${id}`,
  enrolmentId,
  number,
});

describe('a wallet', () => {
  it('is empty without certificates', () => expect(groupByCourse([], [])).to.deep.equal([]));

  it('puts certificates by course, the newest first, under the newest title', () => {
    const all = [certificate('a', 'x', 1), certificate('b', 'y', 3), certificate('c', 'x', 5)];
    const shelves = groupByCourse(all, [round('a', 'e1', 1), round('b', 'e2', 1), round('c', 'e1', 2)]);
    expect(shelves.map(({ title, held }) => [title, held.map(each => each.certificate.id)])).to.deep.equal([
      ['x of 5', ['c', 'a']],
      ['y of 3', ['b']],
    ]);
  });

  it('chains renewals of one enrolment, and not those of another employer', () => {
    const all = [certificate('a', 'x', 1), certificate('b', 'x', 2), certificate('c', 'x', 3)];
    const [shelf] = groupByCourse(all, [round('a', 'e1', 1), round('b', 'e2', 1), round('c', 'e1', 3)]);
    const chain = shelf?.held.map(each => [each.certificate.id, each.renews?.id, each.renewedBy?.id]);
    expect(chain).to.deep.equal([
      ['c', 'a', undefined],
      ['b', undefined, undefined],
      ['a', undefined, 'c'],
    ]);
  });

  it('passes over a renewal that was withdrawn or is suspended', () => {
    const all = [
      certificate('a', 'x', 1),
      certificate('b', 'x', 2, { revokedAt: 9 }),
      certificate('c', 'x', 3, { suspendedAt: 9 }),
      certificate('d', 'x', 4),
    ];
    const [shelf] = groupByCourse(
      all,
      ['a', 'b', 'c', 'd'].map((id, at) => round(id, 'e', at + 1)),
    );
    expect(shelf?.held.find(each => each.certificate.id === 'a')?.renewedBy?.id).to.equal('d');
    expect(shelf?.held.find(each => each.certificate.id === 'd')?.renews?.id).to.equal('a');
  });
});
