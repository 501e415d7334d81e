import { expect } from 'chai';
import type { SnapshotLesson } from '../../../server/teaching/content/snapshot.js';
import { translator } from '../../../server/platform/i18n/i18n.js';
import { lessonQuestions } from '../../../server/teaching/learning/lesson-questions.js';

const decision = {
  ...{ id: 'M1-D1', story: 'A boy asks which town this is.', key: 'note' as const },
  feedback: { 'carry-on': 'One.', note: 'Two.', tell: 'Three.', urgent: 'Four.' },
};
const lesson = { checks: [], decisions: [decision] } as unknown as SnapshotLesson;
const t = translator('en');

describe('a decision in a lesson', () => {
  it('is asked like a question from memory, with the four decisions in their order', () => {
    const [question] = lessonQuestions(lesson, null, t);
    expect(question).to.include({ id: 'M1-D1', stem: decision.story, key: 'note' });
    expect(question?.options.map(({ id, feedback }) => [id, feedback])).to.deep.equal(
      Object.entries(decision.feedback),
    );
  });

  it('is put in the words of the learner’s job, but never in those of a vehicle, since it may happen anywhere', () => {
    const wordsFor = (job: 'cabin' | 'shelter' | null) =>
      lessonQuestions(lesson, job, t)[0]?.options.map(({ text }) => text);
    expect(wordsFor('cabin')).to.deep.equal(wordsFor(null));
    expect(wordsFor('shelter')).to.not.deep.equal(wordsFor(null));
  });

  it('is absent from lessons of versions published before there were any', () => {
    expect(lessonQuestions({ checks: [] } as unknown as SnapshotLesson, null, t)).to.deep.equal([]);
  });
});
