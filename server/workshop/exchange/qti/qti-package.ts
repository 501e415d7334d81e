import { strToU8, zipSync } from 'fflate';
import type { ExchangeItem } from '../../../teaching/questions/exchange.js';
import { writeQtiItem } from './qti-write.js';
import { itemTags } from '../tags.js';
import { el, xmlDocument, type Xml } from '../xml-write.js';

const PACKAGE = 'http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1';
const LOM = 'http://ltsc.ieee.org/xsd/LOM';
const PACKAGE_SCHEMA = 'https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd';
const LOM_SCHEMA = 'https://purl.imsglobal.org/spec/md/v1p3/schema/xsd/imsmd_loose_v1p3p2.xsd';

/** The files of a QTI 3 package: the manifest, and a file for each item. */
export function qtiFiles(bank: string, items: readonly ExchangeItem[]): Map<string, string> {
  return new Map([
    ['imsmanifest.xml', manifest(bank, items)],
    ...items.map((item): [string, string] => [href(item), writeQtiItem(item)]),
  ]);
}

/** Earliest time that a zip can say: the same items give the same bytes. */
const MTIME = new Date(1980, 0, 1);

export const zipped = (files: ReadonlyMap<string, string>): Uint8Array =>
  zipSync(Object.fromEntries([...files].map(([name, text]) => [name, strToU8(text)])), { mtime: MTIME });

const href = ({ id }: ExchangeItem): string => `items/${id}.xml`;

/** What an item has and QTI has no place for stands in its metadata, as key words of IEEE LOM. */
const manifest = (bank: string, items: readonly ExchangeItem[]): string =>
  xmlDocument(
    el(
      'manifest',
      {
        xmlns: PACKAGE,
        'xmlns:lom': LOM,
        'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        'xsi:schemaLocation': `${PACKAGE} ${PACKAGE_SCHEMA} ${LOM} ${LOM_SCHEMA}`,
        identifier: `bank-${bank}`,
      },
      [
        el('metadata', {}, [el('schema', {}, 'QTI Package'), el('schemaversion', {}, '3.0.1')]),
        el('organizations'),
        el('resources', {}, items.map(resource)),
      ],
    ),
  );

const resource = (item: ExchangeItem): Xml =>
  el('resource', { identifier: `item-${item.id}`, type: 'imsqti_item_xmlv3p0', href: href(item) }, [
    el('metadata', {}, [
      el('lom:lom', {}, [
        el('lom:general', {}, [
          el('lom:identifier', {}, [el('lom:catalog', {}, 'Safe Passage'), el('lom:entry', {}, item.id)]),
          ...itemTags(item).map(tag => el('lom:keyword', {}, [el('lom:string', { language: 'en' }, tag)])),
        ]),
      ]),
    ]),
    el('file', { href: href(item) }),
  ]);
