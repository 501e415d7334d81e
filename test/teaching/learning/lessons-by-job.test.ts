import { expect } from 'chai';
import { isDone, mayTake, requiredLessons, steps } from '../../../server/teaching/learning/completion.js';
import { courseFor } from '../../../server/teaching/learning/path/lessons-by-job.js';
import { progress, published, sampleCourse } from './sample.js';

const plain = sampleCourse({ a: { lessons: ['1'] }, t: { group: 'track', lessons: ['1', '3', '4', '5?'] } });
const instead = { lesson: '3', read: '5', jobs: ['driver' as const, 'station' as const] };
const course = published({
  ...plain,
  modules: plain.modules.map(module => (module.slug === 't' ? { ...module, instead } : module)),
});
const readBy = (job: 'driver' | 'cabin' | null) =>
  courseFor(course, job).snapshot.modules.map(module => requiredLessons(module).map(({ name }) => name));

describe('lessons by job', () => {
  it('gives people with a named job the other lesson, in the place of the usual one', () => {
    expect(readBy('driver')).to.deep.equal([['1'], ['1', '5', '4']]);
  });

  it('leaves everybody else the usual lessons, and those who have not chosen a job', () => {
    expect(readBy('cabin')).to.deep.equal([['1'], ['1', '3', '4']]);
    expect(readBy(null)).to.deep.equal([['1'], ['1', '3', '4']]);
  });

  it('still offers the usual lesson as one that may be read as well', () => {
    const track = courseFor(course, 'driver').snapshot.modules[1];
    expect(track?.lessons.filter(({ optional }) => optional).map(({ name }) => name)).to.deep.equal(['3']);
  });

  it('gives the same course each time, since pages are kept by it', () => {
    expect(courseFor(course, 'driver')).to.equal(courseFor(course, 'driver'));
    expect(courseFor(course, 'cabin')).to.equal(course);
    expect(courseFor(published(plain), 'driver').snapshot).to.equal(plain);
  });

  it('takes either lesson for the other, whatever job is chosen before or afterwards', () => {
    for (const job of ['driver', 'cabin', null] as const)
      for (const read of ['t/3', 't/5']) {
        const { snapshot } = courseFor(course, job);
        expect(mayTake(snapshot, 't', progress('t/1', 't/4', read)), `${job} ${read}`).to.equal(true);
      }
    expect(mayTake(course.snapshot, 't', progress('t/1', 't/4'))).to.equal(false);
  });

  it('takes no lesson of another module for it', () => {
    const done = steps(course.snapshot).filter(step => isDone(step, progress('a/5', 'a/3')));
    expect(done).to.deep.equal([]);
  });
});
