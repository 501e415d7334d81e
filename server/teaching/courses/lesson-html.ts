import { translator } from '../../platform/i18n/i18n.js';
import { renderLesson, type LessonBlock } from '../../platform/lib/text/markdown.js';
import type { CourseSnapshot, SnapshotLesson } from '../content/snapshot.js';
import { lessonSources, type LessonSource } from './lesson-sources.js';

/** A section of a lesson, ready for the view, or the name of what stands there. */
export type RenderedBlock =
  | { readonly kind: 'section'; readonly html: string }
  | { readonly kind: 'check'; readonly id: string }
  | { readonly kind: 'exhibit'; readonly id: string }
  | { readonly kind: 'exercise'; readonly id: string };

/** A lesson, ready for the view: `sources` are those that its text cites by number. */
interface RenderedLesson {
  readonly blocks: readonly RenderedBlock[];
  readonly sources: readonly LessonSource[];
}

/** Snapshots never change and live as long as the process, so the lesson object is the key. */
const cache = new WeakMap<SnapshotLesson, Map<string, RenderedLesson>>();

/**
 * A lesson as blocks of safe HTML, rendered once. Links to other lessons are relative to the page, so that every learner gets
 * the same text; `up` is the relative path to the modules.
 */
export function renderedLesson(course: CourseSnapshot, lesson: SnapshotLesson, up: string): RenderedLesson {
  const known = cache.get(lesson) ?? new Map<string, RenderedLesson>();
  cache.set(lesson, known);
  const found = known.get(up);
  if (found) return found;
  const { sources, cite } = lessonSources(course.facts, sourceNames());
  const blocks = renderLesson(lesson.body, {
    labels: labels(),
    resolveLink: target => lessonAddress(course, target, up),
    resolveToken: hotlineText,
    cite,
  });
  const rendered = { blocks: blocks.map(shownBlock), sources };
  known.set(up, rendered);
  return rendered;
}

const shownBlock = (block: LessonBlock): RenderedBlock =>
  block.kind === 'section' ? { kind: 'section', html: block.html } : { kind: block.kind, id: block.id };

/** `trafficking-routes/02-…` as an address, if this course shows that lesson. */
function lessonAddress(course: CourseSnapshot, target: string, up: string): string | null {
  const [slug, name] = target.split('/');
  const module = course.modules.find(each => each.slug === slug);
  return module?.lessons.some(each => each.name === name) ? `${up}/${slug}/lessons/${name}` : null;
}

/** Telephone numbers are in the directory, never in prose: `{{hotline.primary}}` names a hotline that the page shows. */
function hotlineText(name: string): string | null {
  const t = translator('en');
  return name.startsWith('hotline.') ? t(`lesson.token.${name.slice('hotline.'.length)}`) : null;
}

function sourceNames() {
  const t = translator('en');
  return {
    source: (number: number) => t('lesson.sources.number', { number }),
    back: (place: number) => t('lesson.sources.back', { place }),
  };
}

function labels() {
  const t = translator('en');
  return {
    do: t('components.do'),
    doNot: t('components.doNot'),
    words: t('components.words'),
    explain: t('components.explain'),
    example: (title: string) => t('components.example', { title }),
    misconception: (title: string) => t('components.misconception', { title }),
  };
}
