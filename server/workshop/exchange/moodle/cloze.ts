import { textToHtml } from '../text.js';

/** One alternative of a gap. `html` and `feedback` are mark-up. */
interface Alternative {
  readonly weight: number;
  readonly html: string;
  readonly feedback: string;
}

/** A gap that is filled by choosing, and the mark-up before it. */
export interface Gap {
  readonly before: string;
  readonly kind: string;
  readonly alternatives: readonly Alternative[];
}

/**
 * A gap with vertical radio buttons. Moodle decodes entities in it once, and splits it at signs before that
 * (`qtype_multianswer`, `ANSWER_ALTERNATIVE_REGEX`), so every sign that means something is written as an entity.
 */
export const gap = (alternatives: readonly { text: string; isRight: boolean; feedback?: string }[]): string =>
  `{1:MULTICHOICE_V:${alternatives
    .map(
      ({ text, isRight, feedback }) =>
        `${isRight ? '=' : ''}${sealed(text)}${feedback ? `#${sealed(feedback)}` : ''}`,
    )
    .join('~')}}`;

/** Words of the text around the gaps: a brace would begin one. */
export const around = (words: string): string =>
  textToHtml(words).replaceAll('{', '&#123;').replaceAll('}', '&#125;');

/** A backslash is an entity of the mark-up besides: Moodle takes escapes away after it has decoded. */
const sealed = (words: string): string =>
  textToHtml(words)
    .replaceAll('\\', '&#92;')
    .replace(/[&~#={}%"]/g, sign => `&#${sign.charCodeAt(0)};`);

/** Each character fits one alternative only: a text that never closes its gap costs no more than its length. */
const GAP = /\{(\d*):([A-Z_]+):((?:\\[}~#]|\\(?![}~#])|[^{}\\])*)\}/g;

/** The gaps of a text and the mark-up after the last one. */
export function gapsOf(html: string): { gaps: Gap[]; after: string } {
  let end = 0;
  const gaps = [...html.matchAll(GAP)].map(({ index, 0: whole, 2: kind = '', 3: inside = '' }) => {
    const before = html.slice(end, index);
    end = index + whole.length;
    return { before, kind, alternatives: alternatives(inside) };
  });
  return { gaps, after: html.slice(end) };
}

function alternatives(inside: string): Alternative[] {
  return inside.split(/(?<!\\)~/).map(each => {
    const [, told, rest = each] = /^\s*(=|%-?\d+(?:[.,]\d*)?%)(.*)$/s.exec(each) ?? [];
    const [words = '', ...feedback] = rest.split(/(?<![\\&])#/);
    const weight = told === undefined ? 0 : told === '=' ? 100 : Number(told.slice(1, -1).replace(',', '.'));
    return { weight, html: opened(words), feedback: opened(feedback.join('#')) };
  });
}

const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
]);

/** The mark-up that Moodle makes of it: escaped signs as they are, entities decoded once. */
const opened = (text: string): string =>
  text
    .replace(/\\([}~#])/g, '$1')
    .replace(
      /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi,
      (whole, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return NAMED.get(name) ?? whole;
        const point = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
        return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
      },
    );
