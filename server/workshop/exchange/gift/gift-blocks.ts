/** The lines between two blank ones: comments apart, escapes masked so that every sign left in `text` is syntax. */
export interface Block {
  readonly text: string;
  /** The line of the source at an offset in `text`. */
  readonly lineAt: (offset: number) => number;
  readonly category: { readonly line: number; readonly text: string } | null;
  readonly id: string | null;
  readonly tags: readonly string[];
  /** Feedback by option, from comments of our own. */
  readonly feedback: ReadonlyMap<string, string>;
  /** Comments that say something else. */
  readonly comments: readonly { readonly line: number; readonly text: string }[];
}

interface Line {
  readonly number: number;
  readonly text: string;
}

/** Splits GIFT into its questions, at blank lines as Moodle does. Line ends may be of any kind. */
export function giftBlocks(source: string): Block[] {
  const blocks: Line[][] = [[]];
  for (const [at, text] of source.split(/\r\n|\r|\n/).entries()) {
    if (text.trim() === '') blocks.push([]);
    else blocks.at(-1)?.push({ number: at + 1, text });
  }
  return blocks.filter(lines => lines.length > 0).map(toBlock);
}

function toBlock(lines: readonly Line[]): Block {
  const comments = lines.filter(({ text }) => isComment(text)).map(readComment);
  const [first, ...rest] = lines.filter(({ text }) => !isComment(text));
  const isCategory = first?.text.trim().startsWith('$CATEGORY:') ?? false;
  const body = isCategory ? rest : [first, ...rest].filter(line => line !== undefined);
  const text = mask(body.map(line => line.text).join('\n')).trimEnd();
  const start = text.length - text.trimStart().length;
  return {
    text: text.slice(start),
    lineAt: offset =>
      body[text.slice(0, start + offset).split('\n').length - 1]?.number ?? lines[0]?.number ?? 1,
    category:
      isCategory && first
        ? { line: first.number, text: first.text.trim().slice('$CATEGORY:'.length).trim() }
        : null,
    id: comments.flatMap(({ id }) => id ?? [])[0] ?? null,
    tags: comments.flatMap(({ tags }) => tags),
    feedback: new Map(comments.flatMap(({ feedback }) => feedback)),
    comments: comments.filter(({ isOther }) => isOther).map(({ line, text }) => ({ line, text })),
  };
}

const isComment = (line: string): boolean => line.trim().startsWith('//');

/** A comment of ours or with Moodle's id and tags (`extract_idnumber_and_tags_from_comment`), or another one. */
function readComment({ number, text }: Line) {
  const words = text.trim().slice(2).trim();
  const [, option, said] = /^\[feedback:([a-z]):((?:\\.|[^\]\\])*)\]$/.exec(words) ?? [];
  const isFeedback = option !== undefined && said !== undefined;
  const ids = isFeedback ? [] : bracketed(words, 'id');
  const tags = isFeedback ? [] : bracketed(words, 'tag');
  const left = words.replace(/\[(?:id|tag):(?:\\\]|[^\]]){1,255}\]/g, '').trim();
  // Moodle begins each question with "question: 12  name: …", which only repeats its title.
  const isMoodles = /^question: \d+ {2}name: /.test(left);
  return {
    line: number,
    text: words,
    id: ids[0],
    tags,
    feedback: isFeedback ? [[option, unescapeFeedback(said)] as const] : [],
    isOther: !isFeedback && left !== '' && !isMoodles,
  };
}

const bracketed = (text: string, word: 'id' | 'tag'): string[] =>
  [...text.matchAll(new RegExp(`\\[${word}:((?:\\\\\\]|[^\\]]){1,255})\\]`, 'g'))].map(([, value]) =>
    (value ?? '').replaceAll('\\]', ']').trim(),
  );

const unescapeFeedback = (text: string): string =>
  text.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));

/** What can be escaped, in the order of the marks that stand in for it: halves of a pair, which no text file can hold. */
const ESCAPES = ['\\', ':', '#', '=', '{', '}', '~', 'n'];
const FIRST_MARK = 0xd800;

const mask = (text: string): string =>
  text.replace(/\\([\\:#={}~n])/g, (_, sign: string) =>
    String.fromCharCode(FIRST_MARK + ESCAPES.indexOf(sign)),
  );

/** The words themselves. Any other backslash stands for itself, as in Moodle. */
export const unmask = (text: string): string =>
  text.replace(/[\ud800-\ud807](?![\udc00-\udfff])/g, mark => {
    const sign = ESCAPES[mark.charCodeAt(0) - FIRST_MARK] ?? '';
    return sign === 'n' ? '\n' : sign;
  });
