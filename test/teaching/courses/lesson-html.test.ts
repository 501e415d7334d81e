import { expect } from 'chai';
import { buildCourseVersion } from '../../../server/teaching/content/snapshot.js';
import { renderedLesson } from '../../../server/teaching/courses/lesson-html.js';
import { ownContent } from '../../support/content/own-content.js';

const loaded = ownContent();
const { content } = loaded;

/** Every lesson of every course as its page shows it. */
const lessons = content.courses.flatMap(({ slug }) => {
  const { snapshot } = buildCourseVersion(content, slug);
  return snapshot.modules.flatMap(module =>
    module.lessons.map(lesson => ({
      ...renderedLesson(snapshot, lesson, '.'),
      name: `${slug}: ${module.slug}/${lesson.name}`,
    })),
  );
});
const htmlOf = ({ blocks }: (typeof lessons)[number]): string =>
  blocks.map(block => (block.kind === 'section' ? block.html : '')).join('\n');

describe('the sources of the lessons of our courses', () => {
  it('are reached from the text, and lead back to each place in it', () => {
    for (const lesson of lessons) {
      const html = htmlOf(lesson);
      const found = (pattern: RegExp) => [...html.matchAll(pattern)].map(([, name = '']) => name);
      expect([...new Set(found(/href="#(source-\d+)"/g))].toSorted(), lesson.name).to.deep.equal(
        lesson.sources.map(({ id }) => id).toSorted(),
      );
      expect(found(/id="(cited-[\d-]+)"/g).toSorted(), lesson.name).to.deep.equal(
        lesson.sources.flatMap(({ places }) => places.map(({ href }) => href.slice(1))).toSorted(),
      );
    }
    expect(lessons.filter(({ sources }) => sources.length > 0)).to.not.have.length(0);
  });

  it('show learners no number of ours', () => {
    for (const lesson of lessons) {
      const words = lesson.sources.flatMap(({ text, titles }) => [text, ...titles.map(title => title.text)]);
      const seen = [htmlOf(lesson).replaceAll(/<[^>]*>/g, ''), ...words].join('\n');
      expect(seen, lesson.name).to.not.match(/\b(?:F\d{3}|M\d-O\d|T[A-Z]-O\d)\b/);
    }
  });
});
