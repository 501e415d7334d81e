import { SaxesParser } from 'saxes';
import { attribute, escapeText } from './xml-text.js';

/** Why a document is not read. */
type XmlFault = 'not-well-formed' | 'doctype' | 'encoding' | 'too-deep';

/** An element of a document. `name` is without its prefix, `line` where it begins, from 1. */
export interface XmlElement {
  readonly name: string;
  readonly uri: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
  readonly line: number;
}

export type XmlResult =
  | {
      readonly ok: true;
      readonly root: XmlElement;
      readonly comments: readonly { text: string; line: number }[];
    }
  | { readonly ok: false; readonly code: XmlFault; readonly line: number; readonly excerpt?: string };

/** Real files need about 12 levels; more is a mistake or an attack. */
const MAX_DEPTH = 50;

class Refused extends Error {
  constructor(
    readonly code: XmlFault,
    readonly line: number,
    readonly excerpt?: string,
  ) {
    super(code);
  }
}

type Open = { -readonly [K in keyof XmlElement]: XmlElement[K] } & { children: (XmlElement | string)[] };

/**
 * Reads a document strictly. A document type declaration is refused, so there are no entities but the five of XML,
 * nothing outside is asked for, and nothing can be expanded. The caller bounds the size, this the depth.
 */
export function parseXml(text: string): XmlResult {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const top: Open = { name: '', uri: '', attributes: {}, children: [], line: 1 };
  const open: Open[] = [top];
  const comments: { text: string; line: number }[] = [];
  let begins = 1;
  parser.on('error', fault => {
    throw new Refused('not-well-formed', parser.line, fault.message.replace(/^\d+:\d+: /, ''));
  });
  parser.on('doctype', () => {
    throw new Refused('doctype', parser.line);
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding && !/^utf-?8$/i.test(encoding)) throw new Refused('encoding', parser.line, encoding);
  });
  parser.on('comment', comment => void comments.push({ text: comment.trim(), line: parser.line }));
  parser.on('opentagstart', () => void (begins = parser.line));
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (open.length > MAX_DEPTH) throw new Refused('too-deep', parser.line);
    const values = Object.entries(attributes).map(([name, { value }]) => [name, value]);
    const element: Open = {
      name: local,
      uri,
      attributes: Object.fromEntries(values) as Record<string, string>,
      children: [],
      line: begins,
    };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  const addText = (words: string) => void open.at(-1)?.children.push(words);
  parser.on('text', addText);
  parser.on('cdata', addText);
  try {
    parser.write(text).close();
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    const { code, line, excerpt } = fault;
    return { ok: false, code, line, ...(excerpt ? { excerpt } : {}) };
  }
  const root = elements(top)[0];
  return root ? { ok: true, root, comments } : { ok: false, code: 'not-well-formed', line: 1 };
}

/** The child elements, all or those with one of these names. */
export const elements = ({ children }: XmlElement, ...names: string[]): XmlElement[] =>
  children
    .filter(child => typeof child !== 'string')
    .filter(({ name }) => names.length === 0 || names.includes(name));

/** The first child element with this name. */
export const child = (element: XmlElement, name: string): XmlElement | undefined =>
  elements(element, name)[0];

/** The element itself and all below it. */
export const descendants = (element: XmlElement): XmlElement[] => [
  element,
  ...elements(element).flatMap(descendants),
];

/** All words inside an element, as they stand. */
export const textOf = (element: XmlElement | undefined): string =>
  (element?.children ?? []).map(part => (typeof part === 'string' ? part : textOf(part))).join('');

/** What is inside an element, as mark-up again. */
export const innerXml = (element: XmlElement): string =>
  element.children.map(part => (typeof part === 'string' ? escapeText(part) : outerXml(part))).join('');

function outerXml(element: XmlElement): string {
  const attributes = Object.entries(element.attributes).map(([name, value]) => attribute(name, value));
  const open = `<${element.name}${attributes.join('')}`;
  // "<br></br>" would be two line breaks to a reader of HTML.
  return element.children.length === 0 ? `${open}/>` : `${open}>${innerXml(element)}</${element.name}>`;
}
