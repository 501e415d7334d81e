import { courseVersion } from '../../../../teaching/courses/catalogue.js';
import { ownQuiz } from '../../../../teaching/content/snapshot.js';
import { NotFound } from '../../../../errors.js';
import { formatDate } from '../../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../../platform/i18n/spoken.js';
import { daysAfter } from '../../../../platform/lib/days.js';
import { dayWords } from '../../../../people/organisations/day-words.js';
import { approvalsKnownAt } from '../../rules/approvals.js';
import { coursesIn } from '../history/courses-in.js';
import { versionFacts } from '../history/course-versions.js';
import type { OpenRoom } from '../open-room.js';

/** The syllabus of a course at one version, if the room is about that course. `NotFound` otherwise. */
export async function syllabusPage(open: OpenRoom, versionId: string) {
  const facts = await versionFacts(versionId);
  if (!facts || !(await coursesIn(open.room)).includes(facts.courseSlug)) throw new NotFound();
  const { snapshot, number, publishedAt } = await courseVersion(versionId);
  return {
    back: open.home,
    title: snapshot.title,
    version: spoken('room.version', { number }),
    published: formatDate(Number(publishedAt), hereIn(open.room.timeZone)),
    contentHash: facts.contentHash,
    approvals: (await approvalsKnownAt(open.room.organisationId, open.now))
      .filter(({ courseSlug, version }) => courseSlug === facts.courseSlug && version === number)
      .map(({ authority, number: approved, fromDay, toDay }) =>
        spoken(toDay === null ? 'room.course.approvedFrom' : 'room.course.approvedUntil', {
          ...{ authority, number: approved, from: dayWords(fromDay) },
          last: toDay === null ? '' : dayWords(daysAfter(toDay, -1)),
        }),
      ),
    modules: snapshot.modules.map(module => ({
      title: module.title,
      objectives: module.objectives.map(({ text }) => text),
      lessons: module.lessons.map(({ title }) => title),
      quiz: quizText(ownQuiz(module)),
    })),
    final: quizText(snapshot.final),
  };
}

const quizText = (quiz: { draw: number; pass: number } | null): string | null =>
  quiz && spoken('room.course.quiz', { draw: quiz.draw, pass: quiz.pass });
