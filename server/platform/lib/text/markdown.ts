import type { Env, Token } from 'markdown-it';
import MarkdownIt from 'markdown-it';
import container from 'markdown-it-container';
import sanitizeHtml from 'sanitize-html';

/** The titles that the blocks of a lesson carry, in the reader's language. */
export type BlockLabels = {
  do: string;
  doNot: string;
  words: string;
  explain: string;
  example: (title: string) => string;
  misconception: (title: string) => string;
};

export type LessonOptions = {
  labels: BlockLabels;
  /** The address of a lesson named "module/02-name"; null shows the words without a link. */
  resolveLink: (target: string) => string | null;
  /** The text for a token such as "hotline.primary"; null shows nothing. */
  resolveToken: (name: string) => string | null;
  /** What a place that cites these facts shows, in order of the text. */
  cite: (facts: readonly string[]) => readonly Citation[];
};

/** A number in the text that leads to a source: `id` names its place for the way back, `name` is what it is read out as. */
export type Citation = { number: number; id: string; href: string; name: string };

/**
 * One piece of a lesson, in reading order. A section begins at each second-level heading and after each check or exhibit:
 * `id` and `title` are those of the heading it begins with (null where it begins without one), `html` is safe to
 * show as it is.
 */
export type LessonBlock = { kind: 'section'; id: string | null; title: string | null; html: string } | Placed;
/** What a lesson shows by its name, in place of a paragraph. */
type Placed = { kind: 'check' | 'exhibit' | 'exercise'; id: string };

const factMarker = /\s*\[(F\d{3}(?:, ?F\d{3})*)\]/g;
const placeMarker = /^\{\{(check|exhibit|exercise) ([A-Za-z0-9-]+)\}\}$/;
const tokenMarker = /\{\{([a-z.-]+)\}\}/g;
const lessonLink = /^lesson:([a-z0-9-]+\/\d{2}-[a-z0-9-]+)$/;
const containers = ['do', 'do-not', 'words', 'explain', 'example', 'misconception'] as const;

/**
 * Turns a lesson's Markdown into blocks of sanitised HTML. Raw HTML, images, code and every link except
 * `lesson:` ones stay text: content may come from people we do not know.
 */
export function renderLesson(markdown: string, options: LessonOptions): LessonBlock[] {
  const env: LessonEnv = { options, ids: new Set() };
  const tokens = parser.parse(markdown, env);
  return split(tokens)
    .map(part => (Array.isArray(part) ? toSection(part, env) : part))
    .filter(block => block.kind !== 'section' || block.html !== '');
}

type LessonEnv = Env & { options: LessonOptions; ids: Set<string> };

const parser = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable([
  'image',
  'autolink',
  'reference',
  'code',
  'fence',
  'backticks',
  'lheading',
  'hr',
  'blockquote',
  'strikethrough',
]);
parser.validateLink = url => lessonLink.test(url);
for (const name of containers)
  parser.use(container, name, {
    render: (tokens: Token[], index: number, _: unknown, env: LessonEnv) => frame(name, tokens, index, env),
  });
parser.core.ruler.push('lesson', state => {
  const env = state.env as LessonEnv;
  state.tokens.forEach((token, index) => {
    if (token.type === 'inline') resolveInline(token, env, state.Token);
    if (token.type === 'heading_open') token.attrSet('id', headingId(state.tokens[index + 1], env));
  });
});

/** Makes links of fact markers, fills in tokens and resolves links to lessons in one run of text. */
function resolveInline(inline: Token, { options }: LessonEnv, NewToken: typeof Token): void {
  let isDropped = false;
  for (const token of inline.children ?? []) {
    if (token.type === 'link_open') {
      const href = options.resolveLink(lessonLink.exec(String(token.attrGet('href')))?.[1] ?? '');
      isDropped = href === null;
      if (href !== null) token.attrSet('href', href);
      token.hidden = isDropped;
    }
    if (token.type === 'link_close') token.hidden = isDropped;
  }
  inline.children = (inline.children ?? []).flatMap(token =>
    token.type === 'text' ? withCitations(token, options, NewToken) : token,
  );
}

/** A run of text as text and what it cites, in turn. */
const withCitations = (text: Token, { cite, resolveToken }: LessonOptions, NewToken: typeof Token): Token[] =>
  text.content.split(factMarker).map((part, index) => {
    const isMarker = index % 2 === 1;
    const token = new NewToken(isMarker ? 'html_inline' : 'text', '', 0);
    token.content = isMarker
      ? citations(cite(part.split(',').map(id => id.trim())))
      : part.replace(tokenMarker, (_, name: string) => resolveToken(name) ?? '');
    return token;
  });

function citations(cited: readonly Citation[]): string {
  const { escapeHtml } = parser.utils;
  const links = cited.map(
    ({ number, id, href, name }) =>
      `<a id="${escapeHtml(id)}" href="${escapeHtml(href)}" aria-label="${escapeHtml(name)}">${number}</a>`,
  );
  return links.length > 0 ? `<sup>${links.join(' ')}</sup>` : '';
}

/** An id for a heading, unique in its lesson; prefixed so that it cannot equal the id of an element around the lesson. */
function headingId(inline: Token | undefined, { ids }: LessonEnv): string {
  const words = plain(inline)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const base = `s-${words || 'section'}`;
  let id = base;
  for (let count = 2; ids.has(id); count += 1) id = `${base}-${count}`;
  ids.add(id);
  return id;
}

const plain = (inline: Token | undefined): string =>
  (inline?.children ?? []).map(child => (child.type === 'text' ? child.content : '')).join('');

/** Splits the tokens into runs that begin at second-level headings, and what stands between by its name. */
function split(tokens: Token[]): (Token[] | Placed)[] {
  const parts: (Token[] | Placed)[] = [[]];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] as Token;
    const placed = placedAt(tokens, index);
    if (placed) {
      parts.push(placed, []);
      index += 2; // the marker's text and the paragraph's end
      continue;
    }
    if (token.type === 'heading_open' && token.tag === 'h2' && token.level === 0) parts.push([]);
    (parts.at(-1) as Token[]).push(token);
  }
  return parts;
}

/** What a paragraph that begins here names; null where it is a paragraph, or none. */
function placedAt(tokens: Token[], index: number): Placed | null {
  const token = tokens[index];
  if (token?.type !== 'paragraph_open' || token.level !== 0) return null;
  const [, kind, id] = placeMarker.exec(tokens[index + 1]?.content ?? '') ?? [];
  if (id === undefined) return null;
  return { kind: kind as Placed['kind'], id };
}

function toSection(tokens: Token[], env: LessonEnv): LessonBlock {
  const begins = tokens[0]?.type === 'heading_open' && tokens[0].tag === 'h2';
  return {
    kind: 'section',
    id: begins ? String(tokens[0]?.attrGet('id')) : null,
    title: begins ? plain(tokens[1]) : null,
    html: sanitizeHtml(parser.renderer.render(tokens, parser.options, env), allowed).trim(),
  };
}

const allowed: sanitizeHtml.IOptions = {
  allowedTags: [
    'p',
    'h2',
    'h3',
    'ul',
    'ol',
    'li',
    'strong',
    'em',
    'a',
    'br',
    'table',
    'thead',
    'tbody',
    'tr',
    'th',
    'td',
    'div',
    'section',
    'aside',
    'sup',
  ],
  allowedAttributes: {
    a: ['href', 'id', 'aria-label'],
    h2: ['id'],
    h3: ['id'],
    ol: ['start'],
    // With the role `note` an aside is not a landmark: a lesson may hold many.
    aside: [{ name: 'role', values: ['note'] }],
    '*': [],
  },
  allowedClasses: {
    div: ['do-pair'],
    section: ['do', 'do-not', 'example', 'misconception'],
    aside: ['words', 'explain'],
  },
  allowedSchemes: [],
  allowProtocolRelative: false,
};

/** The HTML that opens or closes a block. A `do` block and the `do-not` block right after it share one frame. */
function frame(
  name: (typeof containers)[number],
  tokens: Token[],
  index: number,
  { options }: LessonEnv,
): string {
  const opens = tokens[index]?.nesting === 1;
  const tag = name === 'words' || name === 'explain' ? 'aside' : 'section';
  const role = tag === 'aside' ? ' role="note"' : '';
  const title = heading(name, (tokens[index]?.info ?? '').trim().slice(name.length).trim(), options.labels);
  const html = opens
    ? `<${tag} class="${name}"${role}><h3>${parser.utils.escapeHtml(title)}</h3>\n`
    : `</${tag}>\n`;
  const beside = opens
    ? tokens[index - 1]?.type === 'container_do_close'
    : tokens[index + 1]?.type === 'container_do-not_open';
  if (opens && (name === 'do' || (name === 'do-not' && !beside))) return `<div class="do-pair">${html}`;
  if (!opens && (name === 'do-not' || (name === 'do' && !beside))) return `${html}</div>\n`;
  return html;
}

function heading(name: (typeof containers)[number], title: string, labels: BlockLabels): string {
  const bare = title.replace(/^["“]|["”]$/g, '');
  if (name === 'example') return labels.example(bare);
  if (name === 'misconception') return labels.misconception(bare);
  return name === 'do-not' ? labels.doNot : labels[name];
}
