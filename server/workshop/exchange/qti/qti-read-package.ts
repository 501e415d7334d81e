import type { Found } from '../draft.js';
import { readQtiItem } from './qti-read.js';
import { refused } from '../exchange-report.js';
import { decode } from '../decode.js';
import {
  child,
  descendants,
  elements,
  parseXml,
  textOf,
  type XmlElement,
} from '../../../platform/lib/xml/xml.js';

const MANIFEST = 'imsmanifest.xml';

/**
 * Reads the files of a QTI 3 package: every item that its manifest names, in that order, with the key words of its
 * metadata. Tests, pictures and whatever else is in the package are told, each on a line of its own.
 */
export function readQtiPackage(files: ReadonlyMap<string, Uint8Array>): Found[] {
  const bytes = files.get(MANIFEST);
  if (!bytes)
    return [{ entry: refused('missing-file', { file: MANIFEST, line: 1, name: MANIFEST, about: MANIFEST }) }];
  const text = decode(bytes);
  if (text === null) return [{ entry: refused('encoding', { file: MANIFEST, line: 1, name: MANIFEST }) }];
  const parsed = parseXml(text);
  if (!parsed.ok) return [{ entry: refused(parsed.code, { ...parsed, file: MANIFEST, name: MANIFEST }) }];
  const resources = descendants(parsed.root).filter(({ name }) => name === 'resource');
  const named = new Set([MANIFEST, ...resources.flatMap(hrefs)]);
  const unnamed = [...files.keys()].filter(name => !named.has(name));
  return [
    ...resources.map(resource => readResource(resource, files)),
    ...unnamed.map(name => ({
      entry: refused('not-a-question', { file: name, line: 1, name, about: name }),
    })),
  ];
}

const hrefs = (resource: XmlElement): string[] =>
  [resource, ...elements(resource, 'file')].flatMap(({ attributes }) => attributes.href ?? []);

function readResource(resource: XmlElement, files: ReadonlyMap<string, Uint8Array>): Found {
  const { type = '', href = '', identifier = '' } = resource.attributes;
  const at = { file: MANIFEST, line: resource.line, name: identifier };
  if (/^imsqti_item_xmlv2/.test(type)) return { entry: refused('qti2', at) };
  if (!/^imsqti_item_xmlv3/.test(type)) return { entry: refused('not-a-question', { ...at, about: type }) };
  const bytes = files.get(href);
  if (!bytes) return { entry: refused('missing-file', { ...at, about: href }) };
  const text = decode(bytes);
  if (text === null) return { entry: refused('encoding', { file: href, line: 1, name: href }) };
  return readQtiItem(text, href, keywords(resource));
}

function keywords(resource: XmlElement): string[] {
  const metadata = child(resource, 'metadata');
  if (!metadata) return [];
  return descendants(metadata)
    .filter(({ name }) => name === 'keyword')
    .flatMap(keyword => elements(keyword).map(string => textOf(string).trim()))
    .filter(word => word !== '');
}
