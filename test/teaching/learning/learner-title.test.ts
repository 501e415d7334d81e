import { expect } from 'chai';
import { requiredQuizzes } from '../../../server/proof/certificates/lifecycle/award.js';
import { aboutValues } from '../../../server/teaching/courses/about-page.js';
import { cardOf } from '../../../server/teaching/courses/cards.js';
import { groupsOf } from '../../../server/teaching/learning/pages/course-page.js';
import { lessonPage } from '../../../server/teaching/learning/pages/lesson-page.js';
import { modulePage } from '../../../server/teaching/learning/pages/module-page.js';
import { nextUp } from '../../../server/teaching/learning/next-up.js';
import { quizOf } from '../../../server/teaching/quizzes/quiz.js';
import { quizName } from '../../../server/teaching/quizzes/quiz-words.js';
import { sampleCase } from '../questions/case-samples.js';
import { byKey as t, moduleAt, progress, published, sampleCourse } from './sample.js';

const plain = sampleCourse({ a: { lessons: ['1'] }, b: { lessons: ['1'] } });
const snapshot = {
  ...plain,
  modules: [
    { ...moduleAt(plain, 0), learnerTitle: 'For learners', scenario: sampleCase },
    moduleAt(plain, 1),
  ],
};
const course = published(snapshot);
const module = moduleAt(snapshot, 0);
const page = { cycleId: 'r', course, module, progress: progress(), isCopy: false, job: null };

describe('a module with a name of its own for learners', () => {
  it('is called by it on the pages of those who take it', () => {
    const lesson = module.lessons[0];
    if (!lesson) throw new Error('The sample has no lesson');
    const titles = [
      groupsOf('r', course, progress(), t)[0]?.rows[0]?.title,
      nextUp('r', course, progress(), t)?.title,
      modulePage(page, t).module.title,
      lessonPage({ ...page, lesson, answer: null, titleAfter: '' })?.values.module.title,
      quizOf(snapshot, 'a')?.learnerTitle,
    ];
    expect(titles).to.deep.equal(titles.map(() => 'For learners'));
  });

  it('keeps its title in the catalogue, on certificates and for those who look after courses', () => {
    const titles = [
      aboutValues(course, cardOf(course, false), []).modules[0]?.title,
      requiredQuizzes(course)[0]?.title,
      quizName('a', quizOf(snapshot, 'a')?.title ?? '', t),
    ];
    expect(titles).to.deep.equal(titles.map(() => 'Module a'));
  });

  it('has one name where it says no other', () => {
    expect(groupsOf('r', course, progress(), t)[0]?.rows[1]?.title).to.equal('Module b');
    expect(quizOf(snapshot, 'b')).to.include({ title: 'Module b', learnerTitle: 'Module b' });
  });
});
