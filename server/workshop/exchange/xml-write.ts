import { attribute, escapeText } from '../../platform/lib/xml/xml-text.js';
import { textToHtml } from './text.js';

type Attributes = Readonly<Record<string, string | number | boolean>>;

/** An element to be written. `inside` is ready mark-up, or elements that get lines of their own. */
export interface Xml {
  readonly name: string;
  readonly attributes: Attributes;
  readonly inside: string | readonly Xml[];
}

/** An element with a text, or with elements. */
export const el = (name: string, attributes: Attributes = {}, inside: readonly Xml[] | string = []): Xml => ({
  name,
  attributes,
  inside: typeof inside === 'string' ? escapeText(inside) : inside,
});

/** An element with words as XHTML inside. No white space is added, since there it would count. */
export const inline = (name: string, attributes: Attributes, words: string): Xml => ({
  name,
  attributes,
  inside: textToHtml(words),
});

/** A whole document. */
export const xmlDocument = (root: Xml): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, '')}\n`;

function write({ name, attributes, inside }: Xml, margin: string): string {
  const written = Object.entries(attributes).map(([key, value]) => attribute(key, String(value)));
  const open = `${margin}<${name}${written.join('')}`;
  if (inside.length === 0) return `${open}/>`;
  if (typeof inside === 'string') return `${open}>${inside}</${name}>`;
  return `${open}>\n${inside.map(each => write(each, `${margin}  `)).join('\n')}\n${margin}</${name}>`;
}
