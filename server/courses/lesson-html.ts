import { translator } from '../i18n/i18n.js';
import { renderLesson, type LessonBlock } from '../lib/markdown.js';
import type { CourseSnapshot, SnapshotLesson } from './content/snapshot.js';

/** A section of a lesson, ready for the view, or the name of a check or an exhibit that stands there. */
export type RenderedBlock =
  | {
      readonly kind: 'section';
      readonly html: string;
      readonly sources: readonly {
        readonly text: string;
        readonly facts: readonly { readonly id: string; readonly href: string }[];
      }[];
    }
  | { readonly kind: 'check'; readonly id: string }
  | { readonly kind: 'exhibit'; readonly id: string };

/** Snapshots never change and live as long as the process, so the lesson object is the key. */
const cache = new WeakMap<SnapshotLesson, Map<string, RenderedBlock[]>>();

/**
 * A lesson as blocks of safe HTML, rendered once. Links to other lessons are relative to the page, so that every learner gets
 * the same text; `up` is the relative path to the modules.
 */
export function lessonBlocks(course: CourseSnapshot, lesson: SnapshotLesson, up: string): RenderedBlock[] {
  const known = cache.get(lesson) ?? new Map<string, RenderedBlock[]>();
  cache.set(lesson, known);
  const found = known.get(up);
  if (found) return found;
  const blocks = renderLesson(lesson.body, {
    labels: labels(),
    resolveLink: target => lessonAddress(course, target, up),
    resolveToken: hotlineText,
  });
  const rendered = blocks.map(block => withSources(block, course));
  known.set(up, rendered);
  return rendered;
}

/** `trafficking-routes/02-…` as an address, if this course shows that lesson. */
function lessonAddress(course: CourseSnapshot, target: string, up: string): string | null {
  const [slug, name] = target.split('/');
  const module = course.modules.find(each => each.slug === slug);
  return module?.lessons.some(each => each.name === name) ? `${up}/${slug}/lessons/${name}` : null;
}

function withSources(block: LessonBlock, course: CourseSnapshot): RenderedBlock {
  if (block.kind !== 'section') return block;
  const facts = block.facts.flatMap(id => course.facts.find(fact => fact.id === id) ?? []);
  const named = facts.map(({ id, publisher, year }) => ({
    id,
    text: year === null ? publisher : `${publisher}, ${year}`,
  }));
  // Several facts from one source are listed under it together.
  const sources = [...new Set(named.map(({ text }) => text))].map(text => ({
    text,
    facts: named
      .filter(fact => fact.text === text)
      .map(({ id }) => ({ id, href: `/sources?fact=${id}#${id}` })),
  }));
  return { kind: 'section', html: block.html, sources };
}

/** Telephone numbers are in the directory, never in prose: `{{hotline.primary}}` names a hotline that the page shows. */
function hotlineText(name: string): string | null {
  const t = translator('en');
  return name.startsWith('hotline.') ? t(`lesson.token.${name.slice('hotline.'.length)}`) : null;
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
