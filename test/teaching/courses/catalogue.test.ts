import { expect } from 'chai';
import {
  courseByNumber,
  courseVersion,
  currentCourse,
  currentCourses,
  forgetCatalogue,
  grantedToEveryone,
  library,
} from '../../../server/teaching/courses/catalogue.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { revokeGrant } from '../../../server/teaching/courses/access/granting.js';
import { openOrganisation } from '../../../server/people/organisations/memberships.js';
import { byOperator, RESTRICTED } from '../../support/grants.js';
import { course } from '../../support/walk.js';
import { write } from '../../support/rows.js';
import { ownWorld } from '../../support/world.js';

describe('the catalogue', () => {
  ownWorld();
  it('has the courses of the program, in their order', async () => {
    const slugs = (await currentCourses()).map(({ slug }) => slug);
    expect(slugs).to.deep.equal(['airline-and-transport', 'volunteers', 'law-enforcement']);
  });

  it('finds a course by its slug, or nothing', async () => {
    expect((await currentCourse('volunteers'))?.slug).to.equal('volunteers');
    for (const slug of ['', 'Volunteers', 'nothing', '__proto__'])
      expect(await currentCourse(slug)).to.equal(null);
  });

  it('finds a version by its id, and throws for an unknown one', async () => {
    const now = await course();
    expect(await courseVersion(now.versionId)).to.deep.equal(now);
    const refusal = await courseVersion(newId()).catch((fault: unknown) => fault);
    expect(refusal).to.be.instanceOf(Error);
  });

  it('finds a version by its public number, or nothing', async () => {
    const { slug, number, versionId } = await course();
    expect((await courseByNumber(slug, number))?.versionId).to.equal(versionId);
    expect(await courseByNumber(slug, number + 1)).to.equal(null);
    expect(await courseByNumber('nothing', 1)).to.equal(null);
  });

  it('does not cache what was being read when the cache was cleared', async () => {
    const { id } = await openOrganisation();
    forgetCatalogue();
    const early = grantedToEveryone();
    forgetCatalogue();
    expect((await early).has(RESTRICTED)).to.equal(false);
    try {
      // As another process does it: nothing is forgotten here.
      await write('insert into course_grants (organisation_id, course_slug, granted_at) values ($1, $2, 1)', [
        id,
        RESTRICTED,
      ]);
      expect((await grantedToEveryone()).has(RESTRICTED)).to.equal(true);
    } finally {
      await revokeGrant(RESTRICTED, id, byOperator());
    }
  });

  it('has facts, reporting lines and the glossary', async () => {
    const { facts, hotlines, glossary } = await library();
    expect([facts.length, hotlines.countries.length, glossary.length].every(n => n > 0)).to.equal(true);
  });
});
