import { Parser } from 'htmlparser2';

/** What happened to a text on its way into plain words. `media`: it held a picture, sound or another object. */
export type Effect = 'formatting' | 'markdown' | 'media';

export interface Plain {
  readonly text: string;
  readonly effects: readonly Effect[];
}

/** How a source says that a text is written. `moodle`: HTML in which a line break counts. */
export type TextFormat = 'plain' | 'html' | 'markdown' | 'moodle';

/** Characters that XML 1.0 (section 2.2) has no way to write, and halves of a surrogate pair. */

const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

/**
 * A text as all three formats can carry it: line ends of one kind, and no character that XML cannot write.
 * `changed` says which of the two had to be done.
 */
export function portable(text: string): { text: string; changed: ('line-ends' | 'characters')[] } {
  const oneEnding = text.replace(/\r\n?/g, '\n');
  const clean = oneEnding.replace(NOT_IN_XML, '');
  return {
    text: clean,
    changed: [
      ...(oneEnding === text ? [] : ['line-ends' as const]),
      ...(clean === oneEnding ? [] : ['characters' as const]),
    ],
  };
}

/** Plain words in HTML or XHTML: line breaks as `<br/>`, everything else as it is. */
export const textToHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '<br/>');

/** The plain words of a foreign text: our items hold no formatting. */
export function plainText(text: string, format: TextFormat): Plain {
  if (format === 'html') return htmlToText(text);
  if (format === 'moodle')
    return LOOKS_LIKE_HTML.test(text) ? htmlToText(text.replace(/\n/g, '<br>')) : kept(text);
  if (format === 'markdown' && MARKDOWN.test(text)) return { ...kept(text), effects: ['markdown'] };
  return kept(text);
}

const kept = (text: string): Plain => ({ text: text.trim(), effects: [] });

const LOOKS_LIKE_HTML = /<\/?[a-z][a-z0-9]*(\s[^<>]*)?\/?>|&(#\d+|#x[0-9a-f]+|[a-z]+\d*);/i;
const MARKDOWN = /[*_`[\]]|^[ \t]*(#|>|-|\d+\.)\s/m;

/** Elements that begin a line of their own. */
const BLOCKS = new Set(
  'address article aside blockquote caption center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul qti-prompt qti-content-body'.split(
    ' ',
  ),
);
/** Elements that a picture, a sound or something else stands in for words. */
const MEDIA = new Set(
  'img audio video picture object embed iframe svg canvas math map applet source track input select textarea button'.split(
    ' ',
  ),
);
/** Elements whose leaving changes nothing that a reader sees. */
const PLAIN = new Set(['p', 'br', 'div', 'span', 'font', 'qti-prompt', 'qti-content-body']);
const UNSEEN = new Set(['script', 'style', 'template', 'head', 'title']);

/**
 * The words of HTML. White space that holds a line break is one space, as on a page; other white space stays.
 * A link keeps its address in brackets; the items of a list begin with a hyphen.
 */
export function htmlToText(html: string): Plain {
  const effects = new Set<Effect>();
  const links: string[] = [];
  const lines: string[] = [];
  let [line, unseen] = ['', 0];
  const endBlock = () => {
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = '';
  };
  const parser = new Parser(
    {
      onopentag(name, { href }) {
        if (MEDIA.has(name)) effects.add('media');
        if (!PLAIN.has(name)) effects.add('formatting');
        if (UNSEEN.has(name)) unseen += 1;
        if (name === 'br') {
          lines.push(line);
          line = '';
        }
        if (BLOCKS.has(name)) endBlock();
        if (name === 'li') line += '- ';
        if (name === 'a') links.push(href ?? '');
      },
      ontext(text) {
        if (unseen > 0) return;
        const words = text.replace(/[ \t\r\n\f]+/g, space => (/[\r\n]/.test(space) ? ' ' : space));
        line += line === '' && words !== text ? words.trimStart() : words;
      },
      onclosetag(name) {
        if (UNSEEN.has(name)) unseen -= 1;
        if (BLOCKS.has(name)) endBlock();
        const href = name === 'a' ? links.pop() : '';
        if (href && !line.endsWith(href)) line += ` (${href})`;
      },
    },
    { decodeEntities: true, recognizeSelfClosing: true },
  );
  parser.write(html);
  parser.end();
  // The parser drops a tag that never ends.
  if (/<[a-z/!][^<>]*$/i.test(html)) effects.add('formatting');
  return { text: [...lines, line].join('\n').trim(), effects: [...effects] };
}
