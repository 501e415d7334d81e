import { expect } from 'chai';
import { accessToCourses } from '../../../server/teaching/courses/access/access-queries.js';
import { grantCourse, revokeGrant, WHOLE } from '../../../server/teaching/courses/access/granting.js';
import { isGranted, mayTakeIn } from '../../../server/teaching/courses/grants.js';
import { rows, count } from '../../support/rows.js';
import { byOperator, RESTRICTED, whileOpenToEveryone } from '../../support/grants.js';
import { ada, dina } from '../../support/people.js';
import { noon, placeIn, unitIn } from '../../support/organisations.js';
import { otherOrganisation } from '../../support/roles.js';
import { course } from '../../support/walk.js';
import { ownWorld } from '../../support/world.js';

const eventsOf = (organisationId: string) =>
  rows<{ name: string; actorId: string | null }>(
    `select name, actor_id as "actorId" from events where organisation_id = $1 and name like 'course.grant%' order by seq`,
    [organisationId],
  );

describe('grants of a restricted course', () => {
  ownWorld();
  it('are made once for an organisation, and record who made them', async () => {
    const [one, two, { id: actorId }] = [await otherOrganisation(), await otherOrganisation(), await dina()];
    expect(await isGranted(one, RESTRICTED, Date.now())).to.equal(false);
    const by = { actorId, now: Date.now() };
    const made = await Promise.all([1, 2, 3].map(() => grantCourse(RESTRICTED, one, by)));
    expect(made.filter(Boolean)).to.have.lengthOf(1);
    expect(await isGranted(one, RESTRICTED, Date.now())).to.equal(true);
    expect(await isGranted(two, RESTRICTED, Date.now())).to.equal(false);
    expect(await isGranted(one, 'volunteers', Date.now())).to.equal(false);
    expect(await count('course_grants where organisation_id = $1', [one])).to.equal(1);
    expect(await eventsOf(one)).to.deep.equal([{ name: 'course.granted', actorId }]);
  });

  it('are revoked once, with a record, and can be made again', async () => {
    const id = await otherOrganisation();
    expect(await revokeGrant(RESTRICTED, id, byOperator())).to.equal(false);
    await grantCourse(RESTRICTED, id, byOperator());
    const ended = await Promise.all([1, 2, 3].map(() => revokeGrant(RESTRICTED, id, byOperator())));
    expect(ended.filter(Boolean)).to.have.lengthOf(1);
    expect(await isGranted(id, RESTRICTED, Date.now())).to.equal(false);
    expect(await grantCourse(RESTRICTED, id, byOperator())).to.equal(true);
    const names = (await eventsOf(id)).map(({ name }) => name);
    expect(names).to.deep.equal(['course.granted', 'course.grant-revoked', 'course.granted']);
  });

  it('to everyone hold for every organisation', async () => {
    const id = await otherOrganisation();
    expect(await whileOpenToEveryone(() => isGranted(id, RESTRICTED, Date.now()))).to.equal(true);
    expect(await isGranted(id, RESTRICTED, Date.now())).to.equal(false);
  });

  it('are listed by course, including those without effect: of open or unknown courses', async () => {
    const [{ id, name }, organisationId] = [await dina(), await otherOrganisation()];
    const by = { actorId: id, now: Date.now() };
    const slugs = [RESTRICTED, 'volunteers', 'not-there'];
    for (const slug of slugs) await grantCourse(slug, organisationId, by);
    const access = await accessToCourses();
    const found = slugs.map(slug => access.find(each => each.slug === slug));
    expect(found.map(each => [each?.isRestricted, each?.title === null])).to.deep.equal([
      [true, false],
      [false, false],
      [false, true],
    ]);
    for (const each of found)
      expect(each?.grants.filter(grant => grant.organisationId === organisationId)).to.deep.equal([
        {
          courseSlug: each?.slug,
          organisationId,
          organisation: 'Northern Air',
          ...WHOLE,
          unit: null,
          isToEveryone: false,
          grantedAt: by.now,
          by: name,
        },
      ]);
    for (const slug of slugs.slice(1)) await revokeGrant(slug, organisationId, by);
    const left = (await accessToCourses()).map(({ slug }) => slug);
    expect(left).to.include(RESTRICTED).and.not.include('volunteers').and.not.include('not-there');
  });

  it('count from their first day on, up to their last', async () => {
    const id = await otherOrganisation();
    const terms = { ...WHOLE, fromDay: '2026-05-02', untilDay: '2026-06-01' };
    const granted = (wanted = terms) => grantCourse(RESTRICTED, id, byOperator(), wanted);
    expect([await granted(), await granted()]).to.deep.equal([true, false]);
    const days = ['2026-05-01', '2026-05-02', '2026-05-31', '2026-06-01'];
    const counts = await Promise.all(days.map(day => isGranted(id, RESTRICTED, noon(day))));
    expect(counts).to.deep.equal([false, true, true, false]);
    expect(await granted({ ...terms, untilDay: '2026-06-02' })).to.equal(true);
    expect(await isGranted(id, RESTRICTED, noon('2026-06-01'))).to.equal(true);
    expect(await count('course_grants where organisation_id = $1', [id])).to.equal(1);
  });

  it('to a unit open the course to those who work there or below, while the organisation may choose units', async () => {
    const organisationId = await otherOrganisation();
    const region = await unitIn(organisationId);
    const [base, other] = [await unitIn(organisationId, region), await unitIn(organisationId)];
    const [below, beside] = [await ada(), await ada()];
    await placeIn(below, base);
    await placeIn(beside, other);
    const may = async () => {
      const restricted = await course(RESTRICTED);
      const each = [below, beside].map(({ id: userId }) =>
        mayTakeIn({ userId, organisationId }, restricted, Date.now()),
      );
      return Promise.all(each);
    };
    const toRegion = () =>
      grantCourse(RESTRICTED, organisationId, byOperator(), { ...WHOLE, unitId: region });
    await toRegion();
    expect(await may()).to.deep.equal([false, false]);
    await grantCourse(RESTRICTED, organisationId, byOperator(), { ...WHOLE, isByUnit: true });
    expect(await may()).to.deep.equal([true, false]);
    await revokeGrant(RESTRICTED, organisationId, byOperator(), region);
    expect(await may()).to.deep.equal([false, false]);
    await toRegion();
    await revokeGrant(RESTRICTED, organisationId, byOperator());
    expect(await count('course_grants where organisation_id = $1', [organisationId])).to.equal(0);
  });
});
