import { expect } from 'chai';
import { courseVersion, currentCourse } from '../../../server/teaching/courses/catalogue.js';
import { buildCourseVersion } from '../../../server/teaching/content/snapshot.js';
import type { Content } from '../../../server/teaching/content/schema/types.js';
import { publishContent } from '../../../server/teaching/courses/publishing.js';
import type { Item } from '../../../server/teaching/questions/item.js';
import { row, rows, count } from '../../support/rows.js';
import { sha256 } from '../../../server/platform/lib/tokens.js';
import { ada } from '../../support/people.js';
import { course, enrolled } from '../../support/walk.js';
import { plain } from '../../support/pages.js';
import { contentWith, sourceNow, takeOff } from './published.js';
import { ownWorld } from '../../support/world.js';

const publish = async (content: Content) => publishContent(content, await sourceNow(), Date.now());
const versionsOf = (slug: string) => count('course_versions where course_slug = $1', [slug]);

/** One published course of its own, taken off the shelf afterwards. */
async function shelved(
  work: (content: ReturnType<typeof contentWith>, slug: string) => Promise<void>,
): Promise<void> {
  const content = contentWith();
  const { slug } = content.courses[0];
  try {
    await publish(content);
    await work(content, slug);
  } finally {
    await takeOff(slug);
  }
}

const changed = (content: ReturnType<typeof contentWith>, title: string): typeof content => ({
  ...content,
  courses: [{ ...content.courses[0], title }],
});

describe('publishing', () => {
  ownWorld();
  it('makes version 1 of a new course, and records it', async () => {
    const content = contentWith();
    const { slug } = content.courses[0];
    try {
      expect(await publish(content)).to.deep.equal([{ courseSlug: slug, number: 1, isNew: true }]);
      expect((await currentCourse(slug))?.snapshot).to.deep.equal(buildCourseVersion(content, slug).snapshot);
      expect(
        await count(`events where name = 'course.published' and payload like $1`, [`%${slug}%`]),
      ).to.equal(1);
    } finally {
      await takeOff(slug);
    }
  });

  it('changes nothing when the content is the same', async () => {
    await shelved(async (content, slug) => {
      const before = await count('events');
      const library = await count('library_versions');
      expect(await publish(content)).to.deep.equal([{ courseSlug: slug, number: 1, isNew: false }]);
      expect(await versionsOf(slug)).to.equal(1);
      expect([await count('events'), await count('library_versions')]).to.deep.equal([before, library]);
    });
  });

  it('refuses an item that its own type refuses, and stores nothing', async () => {
    await shelved(async (content, slug) => {
      const [module] = content.modules;
      const [first, ...others] = module?.items ?? [];
      if (!module || !first) throw new Error('The bank is empty');
      const faulty = { ...first, stem: 'Choose another.', key: ['z'] } as Item;
      const modules = [{ ...module, items: [faulty, ...others] }, ...content.modules.slice(1)];
      const before = [await versionsOf(slug), await count('library_versions')];
      const refusal = await publish({ ...content, modules }).then(
        () => null,
        (error: unknown) => error,
      );
      expect(refusal).to.be.instanceOf(TypeError).and.have.property('message').that.includes(first.id);
      expect([await versionsOf(slug), await count('library_versions')]).to.deep.equal(before);
    });
  });

  it('makes the next version of a changed text, and leaves the first as it was', async () => {
    await shelved(async (content, slug) => {
      const first = await currentCourse(slug);
      expect(await publish(changed(content, 'A new title'))).to.deep.equal([
        { courseSlug: slug, number: 2, isNew: true },
      ]);
      expect((await currentCourse(slug))?.snapshot.title).to.equal('A new title');
      const stored = await rows<{ content: string; hash: string }>(
        'select content, content_hash as hash from course_versions where course_slug = $1 order by number',
        [slug],
      );
      expect(JSON.parse(stored[0]?.content ?? '')).to.deep.equal(first?.snapshot);
      for (const { content: text, hash } of stored) expect(sha256(text)).to.equal(hash);
    });
  });

  it('makes the next version when one option of one question changed', async () => {
    await shelved(async (content, slug) => {
      const module = content.courses[0].modules[0]?.module;
      const modules = content.modules.map(each =>
        each.slug !== module
          ? each
          : {
              ...each,
              items: each.items.map(item => ({ ...item, stem: `${item.stem} ` })),
            },
      );
      expect(await publish({ ...content, modules })).to.deep.equal([
        { courseSlug: slug, number: 2, isNew: true },
      ]);
    });
  });

  it('makes a version of its own of an earlier text', async () => {
    await shelved(async (content, slug) => {
      await publish(changed(content, 'A new title'));
      expect(await publish(content)).to.deep.equal([{ courseSlug: slug, number: 3, isNew: true }]);
    });
  });

  it('leaves learners on the version that they began; others begin the new one', async () => {
    await shelved(async (content, slug) => {
      const learner = await ada();
      const cycle = await enrolled(learner, slug);
      await publish(changed(content, 'A new title'));
      expect((await courseVersion(cycle.courseVersionId)).number).to.equal(1);
      const home = plain((await learner.browser.get(`/learning/${cycle.id}`)).text);
      expect(home)
        .to.include(content.courses[0].title)
        .and.include('Course version 1')
        .and.not.include('A new title');
      expect((await enrolled(learner, slug)).courseVersionId).to.equal(cycle.courseVersionId);

      const newcomer = await ada();
      const later = await enrolled(newcomer, slug);
      expect((await courseVersion(later.courseVersionId)).number).to.equal(2);
    });
  });

  it('publishes nothing of content with a fault', async () => {
    await shelved(async (content, slug) => {
      const [module] = content.courses[0].modules;
      if (!module) throw new Error('The course has no module');
      const bad = { ...content.courses[0], slug: `${slug}-bad`, modules: [{ ...module, module: 'nowhere' }] };
      const faulty = {
        ...changed(content, 'A new title'),
        courses: [{ ...content.courses[0], title: 'A new title' }, bad],
      };
      const refusal = await publish(faulty).catch((fault: unknown) => fault);
      expect(refusal).to.be.instanceOf(RangeError);
      expect(await versionsOf(slug)).to.equal(1);
      expect(await versionsOf(`${slug}-bad`)).to.equal(0);
      expect((await currentCourse(slug))?.snapshot.title).to.equal(content.courses[0].title);
    });
  });

  it('makes one version when two publish at once', async () => {
    await shelved(async (content, slug) => {
      const next = changed(content, 'A new title');
      const all = await Promise.allSettled([publish(next), publish(next), publish(next)]);
      expect(all.some(({ status }) => status === 'fulfilled')).to.equal(true);
      expect(await versionsOf(slug)).to.equal(2);
    });
  });

  it('stores the shared library once for each text', async () => {
    const content = contentWith();
    const { slug } = content.courses[0];
    const before = await row<{ number: number }>('select max(number) as number from library_versions');
    try {
      await publish(content);
      expect(await row('select max(number) as number from library_versions')).to.deep.equal(before);
    } finally {
      await takeOff(slug);
    }
  });

  it('leaves the courses of the program as they are', async () => {
    expect((await course()).snapshot.slug).to.equal('airline-and-transport');
  });
});
