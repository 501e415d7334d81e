import { expect } from 'chai';
import { buildCourseVersion } from '../../../server/teaching/content/snapshot.js';
import { lessonPage } from '../../../server/teaching/learning/pages/lesson-page.js';
import { lessonMinutes } from '../../../server/teaching/content/minutes.js';
import { faultsOf, files, sound } from '../content/fixture.js';
import { progress, published } from './sample.js';

const LESSON = 'routes/lessons/00-essentials.md';
const exhibits = `exhibits:
  - { id: wall, kind: poster, title: Staff room, lines: [{ text: Tell the manager. }, { text: Today. }] }
`;

describe('a lesson that places an exhibit and an exercise', () => {
  const all = files();
  const { snapshot } = buildCourseVersion(
    sound({
      ...all,
      'routes/exhibits.yaml': exhibits,
      [LESSON]: (all[LESSON] ?? '').replace(
        '## Three parts',
        '{{exhibit wall}}\n\n{{exercise say-it}}\n\n## Three parts',
      ),
    }),
    'volunteers',
  );
  const [module] = snapshot.modules;
  const [lesson] = module?.lessons ?? [];
  if (!module || !lesson) throw new Error('the fixture has a lesson');

  it('shows both where its text names them, between two sections', () => {
    const page = lessonPage({
      ...{ cycleId: 'c', course: published(snapshot), module, lesson },
      ...{ progress: progress(), job: null, answer: null, isCopy: false, titleAfter: 'Next' },
    });
    const sections = page?.values.stops.flat() ?? [];
    expect(sections.map(({ kind }) => kind).slice(0, 4)).to.deep.equal([
      'section',
      'exhibit',
      'exercise',
      'section',
    ]);
    expect(sections[1]).to.have.property('exhibit').that.deep.equals(lesson.exhibits?.[0]);
    expect(sections[2]).to.deep.equal({ kind: 'exercise', id: 'say-it' });
  });

  it('takes as much longer as the exercise', () => {
    const without = { ...lesson, body: lesson.body.replace('{{exercise say-it}}', '') };
    expect(lessonMinutes(lesson) - lessonMinutes(without)).to.be.closeTo(1, 1e-9);
  });

  it('is refused where no such exercise is known', () => {
    const text = (all[LESSON] ?? '').replace('## Three parts', '{{exercise sing-it}}\n\n## Three parts');
    const faults = faultsOf({ ...all, [LESSON]: text });
    expect(faults.map(({ problem }) => problem)).to.deep.equal(['There is no exercise "sing-it".']);
  });
});
