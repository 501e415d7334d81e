import { expect } from 'chai';
import { buildCourseVersion } from '../../server/courses/content/snapshot.js';
import { lessonPage } from '../../server/learning/lesson-page.js';
import { files, sound } from '../courses/content/fixture.js';
import { progress, published } from './sample.js';

const LESSON = 'routes/lessons/00-essentials.md';
const exhibits = `exhibits:
  - { id: wall, kind: poster, title: Staff room, lines: [{ text: Tell the manager. }, { text: Today. }] }
`;

describe('a lesson that places an exhibit', () => {
  const all = files();
  const { snapshot } = buildCourseVersion(
    sound({
      ...all,
      'routes/exhibits.yaml': exhibits,
      [LESSON]: (all[LESSON] ?? '').replace('## Three parts', '{{exhibit wall}}\n\n## Three parts'),
    }),
    'volunteers',
  );
  const [module] = snapshot.modules;
  const [lesson] = module?.lessons ?? [];
  if (!module || !lesson) throw new Error('the fixture has a lesson');

  it('shows it where its text names it, between two sections', () => {
    const page = lessonPage({
      ...{ cycleId: 'c', course: published(snapshot), module, lesson },
      ...{ progress: progress(), answer: null, isCopy: false, titleAfter: 'Next' },
    });
    const sections = page?.values.sections ?? [];
    expect(sections.map(({ kind }) => kind).slice(0, 3)).to.deep.equal(['section', 'exhibit', 'section']);
    expect(sections[1]).to.have.property('exhibit').that.deep.equals(lesson.exhibits?.[0]);
  });
});
