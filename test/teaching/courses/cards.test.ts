import { expect } from 'chai';
import {
  cardOf,
  countedMinutes,
  courseMinutes,
  inMinutes,
  moduleMinutes,
  optionalReading,
  answeringSeconds,
  quizSeconds,
} from '../../../server/teaching/courses/cards.js';
import { sampleItem } from '../questions/samples.js';
import { published, sampleCourse } from '../learning/sample.js';

describe('a course in the catalogue', () => {
  const snapshot = sampleCourse({ a: { lessons: ['1', '2?'] }, b: { lessons: ['1', '2'] } }, { final: true });

  it('counts 45 seconds a question, rounded up to minutes', () => {
    const minutes = (draw: number) => inMinutes(quizSeconds({ draw, items: [sampleItem('single')] }));
    expect([0, 1, 3, 4, 5, 6, 8, 20].map(minutes)).to.deep.equal([0, 1, 3, 3, 4, 5, 6, 15]);
  });

  it('counts the required lessons and the quiz of a module', () => {
    const minutes = snapshot.modules.map(module => moduleMinutes(snapshot, module));
    expect(minutes).to.deep.equal([10, 16]);
  });

  it('says what may be read beyond that', () => {
    expect(optionalReading(snapshot)).to.deep.equal({ lessons: 1, minutes: 7 });
    expect(optionalReading(sampleCourse({ a: { lessons: ['1'] } }))).to.deep.equal({
      lessons: 0,
      minutes: 0,
    });
  });

  it('gives minutes of modules and the final that add up to those of the course', () => {
    const modules = snapshot.modules.map(module => ({
      ...module,
      lessons: module.lessons.map(lesson => ({ ...lesson, body: Array(202).fill('word').join(' ') })),
    }));
    const odd = { ...snapshot, modules };
    const parts = modules.map(module => moduleMinutes(odd, module));
    // 373 and 512 seconds, after 505 of the final.
    expect(parts).to.deep.equal([6, 9]);
    expect([...parts, inMinutes(answeringSeconds(odd.final))].reduce((sum, each) => sum + each)).to.equal(
      courseMinutes(odd),
    );
  });

  it('counts its modules and the final', () => {
    expect(courseMinutes(snapshot)).to.equal(35);
    expect(courseMinutes(sampleCourse({ a: { lessons: ['1'] } }))).to.equal(11);
  });

  it('tells learners the minutes for everything, and certificates the counted ones', () => {
    const halved = snapshot.modules.map(module => ({
      ...module,
      lessons: module.lessons.map(lesson => ({ ...lesson, seconds: lesson.seconds / 2 })),
    }));
    expect(courseMinutes({ ...snapshot, modules: halved })).to.equal(35);
    expect(countedMinutes({ ...snapshot, modules: halved })).to.equal(21);
  });

  it('is a card of plain values', () => {
    expect(cardOf(published(snapshot), false)).to.deep.equal({
      slug: 'sample',
      title: 'Sample course',
      audience: 'Testers.',
      minutes: 35,
      moduleCount: 2,
      validMonths: 12,
      restricted: false,
      href: '/courses/sample',
    });
  });
});
