import { translator } from '../i18n/i18n.js';
import { renderLesson, type LessonBlock } from '../lib/markdown.js';
import { sha256 } from '../lib/tokens.js';
import type { CourseSnapshot, SnapshotLesson } from './content/snapshot.js';
import type { Hotlines } from './content/types.js';

/** A section or check of a lesson, ready for the view but for the answer to a check. */
export type RenderedBlock =
  | {
      readonly kind: 'section';
      readonly html: string;
      readonly sources: readonly {
        readonly ids: readonly string[];
        readonly text: string;
        readonly href: string;
      }[];
    }
  | { readonly kind: 'check'; readonly id: string };

const cache = new Map<string, RenderedBlock[]>();

/**
 * A lesson as blocks of safe HTML. Rendered once for each text, place of its links and set of reporting
 * lines; a learner on an old version and one on a new version share what is the same.
 */
export function lessonBlocks(
  course: CourseSnapshot,
  lesson: SnapshotLesson,
  { lessonHref, hotlines }: { lessonHref: (target: string) => string | null; hotlines: Hotlines },
): RenderedBlock[] {
  const key = sha256(`${lesson.body}\n${lessonHref('')}\n${hotlines.notice}`);
  const known = cache.get(key);
  if (known) return known;
  const blocks = renderLesson(lesson.body, {
    labels: labels(),
    resolveLink: lessonHref,
    resolveToken: name => hotlineText(name, hotlines),
  });
  const rendered = blocks.map(block => withSources(block, course));
  if (cache.size > 2000) cache.clear();
  cache.set(key, rendered);
  return rendered;
}

function withSources(block: LessonBlock, course: CourseSnapshot): RenderedBlock {
  if (block.kind === 'check') return block;
  const facts = block.facts.flatMap(id => course.facts.find(fact => fact.id === id) ?? []);
  const sources = facts.map(({ id, publisher, year }) => ({
    ids: [id],
    text: year === null ? publisher : `${publisher}, ${year}`,
    href: `/sources#${id}`,
  }));
  return { kind: 'section', html: block.html, sources };
}

/** Numbers stand in the directory, never in the prose: `{{hotline.primary}}` points to the page that has them. */
function hotlineText(name: string, { countries }: Hotlines): string | null {
  const t = translator('en');
  if (countries.length === 0) return null;
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
