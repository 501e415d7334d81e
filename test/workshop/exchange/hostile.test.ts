import { deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { exportItems, FORMATS } from '../../../server/workshop/exchange/export.js';
import { MAX_IMPORT } from '../../../server/workshop/exchange/import.js';
import { parseXml } from '../../../server/platform/lib/xml/xml.js';
import { unzip } from '../../../server/workshop/exchange/qti/unzip.js';
import { read, short } from './report.js';
import { arbitraryBank } from './samples.js';

describe('a hostile file', () => {
  for (const format of ['moodle', 'qti'] as const) {
    const refuse = async (xml: string) =>
      short(await read(format, xml)).map(line => line.replace(/^\d+ /, ''));

    it(`with a document type is refused, so no entity is ever expanded or fetched: ${format}`, async () => {
      for (const declared of [
        '<!DOCTYPE quiz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE quiz SYSTEM "http://127.0.0.1:1/x.dtd">',
      ]) {
        expect(await refuse(`${declared}<quiz>&x;</quiz>`)).to.deep.equal(['refused doctype']);
      }
    });

    it(`with entities of its own, deep nesting or broken mark-up is refused with its line: ${format}`, async () => {
      expect(await refuse('<quiz>&x;</quiz>')).to.deep.equal(['refused not-well-formed']);
      expect(await refuse('<a>'.repeat(100_000))).to.deep.equal(['refused too-deep']);
      expect(short(await read(format, '<quiz>\n<question>\n</quiz>'))).to.deep.equal([
        '3 refused not-well-formed',
      ]);
      expect(await refuse('<quiz>\u0001</quiz>')).to.deep.equal(['refused not-well-formed']);
      expect(await refuse('<?xml version="1.0" encoding="ISO-8859-1"?><quiz/>')).to.deep.equal([
        'refused encoding',
      ]);
    });
  }

  it('in another encoding, or larger than allowed, is refused', async () => {
    for (const format of FORMATS) {
      expect(short(await read(format, Buffer.from([0x41, 0xff, 0xfe]))), format).to.deep.equal([
        '1 refused encoding',
      ]);
      expect(short(await read(format, Buffer.alloc(MAX_IMPORT + 1, 65))), format).to.deep.equal([
        '1 refused too-large',
      ]);
    }
  });

  it('names no property of all objects', () => {
    const parsed = parseXml('<__proto__ __proto__="x" constructor="y"><toString/></__proto__>');
    expect(parsed.ok && parsed.root.name).to.equal('__proto__');
    expect(({} as Record<string, unknown>).x).to.equal(undefined);
  });

  it('names no property of all objects where it names a kind, a format, a setting, a tag or an id', async () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      const inside = `<questiontext format="${name}"><text>A?</text></questiontext><${name}/><answer fraction="100"><text>x</text></answer><answer fraction="${name}"><text>y</text></answer><tags><tag><text>${name}:x</text></tag></tags>`;
      const questions = [name, 'multichoice'].map(type => `<question type="${type}">${inside}</question>`);
      const result = short(await read('moodle', `<quiz>${questions.join('')}</quiz>`));
      expect(result[0]).to.equal('1 refused type');
      expect(result[1]).to.include('left-out').and.include('unknown-tags');
      const gift = `// [id:${name}] [tag:${name}:x]\n// [feedback:a:${name}]\n::${name}::[${name}]A?{=x ~y}`;
      expect((await read('gift', gift)).drafts).to.have.length(1);
      const xml = `<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="${name}"><qti-response-declaration identifier="${name}" cardinality="${name}"><qti-correct-response><qti-value>${name}</qti-value></qti-correct-response></qti-response-declaration><qti-item-body>A?<qti-choice-interaction response-identifier="${name}"><qti-simple-choice identifier="${name}">x</qti-simple-choice><qti-simple-choice identifier="b">y</qti-simple-choice></qti-choice-interaction></qti-item-body></qti-assessment-item>`;
      expect((await read('qti', xml)).entries).to.have.length(1);
    }
  });

  it('of any bytes at all is read without a fault of ours', async () => {
    const words = fc.array(
      fc.constantFrom(
        '{',
        '}',
        '=',
        '~',
        '#',
        '%50%',
        '->',
        '::',
        '//',
        '\n',
        '\n\n',
        '>',
        '[html]',
        '\\',
        '<quiz>',
        '<a>',
        '</a>',
        '&',
        'T',
        'x',
        '<![CDATA[',
        '####',
        '$CATEGORY:',
        '\ud800',
      ),
      { maxLength: 40 },
    );
    const source = fc.oneof(
      words.map(parts => Buffer.from(parts.join(''))),
      fc.uint8Array({ maxLength: 200 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...FORMATS), source, async (format, bytes) => {
        const { entries } = await read(format, bytes);
        expect(entries.length).to.be.greaterThan(0);
        for (const { line } of entries) expect(line).to.be.greaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('that is our own with a part cut out or doubled is read without a fault of ours', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('gift' as const, 'moodle' as const),
        arbitraryBank,
        fc.nat(),
        fc.nat(),
        async (format, bank, from, length) => {
          const bytes = Buffer.from(exportItems(format, 'b', bank).bytes);
          const at = from % bytes.length;
          const cut = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + (length % 60))]);
          await read(format, cut);
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** One megabyte of each must not cost more than its length: a few of them would hold the server. */
describe('a long hostile file', () => {
  const filled = (part: string, before = '', after = '') =>
    before + part.repeat(990_000 / part.length) + after;
  const inMoodle = (text: string) =>
    `<quiz><question type="cloze"><questiontext><text><![CDATA[${text}]]></text></questiontext></question></quiz>`;
  const inQti = (text: string) =>
    `<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="a"><qti-item-body>${text}</qti-item-body></qti-assessment-item>`;
  const gift = [
    'A?{~x}\n\n',
    '//\n',
    '// [tag:',
    '// [tag:pair:a]\nA{T}\n\n',
    '~x',
    '{',
    '\n \n',
    '[html]<a ',
    '<p>',
  ];

  for (const part of gift)
    it(`of ${JSON.stringify(part)} in GIFT`, async () => void (await read('gift', filled(part))));
  for (const [before, part, after] of [
    ['A?{=', '~x', '}'],
    ['A?{>', ' ', 'x\ny}'],
    ['[html]A', '<p>', '{=x ~y}'],
    ['[html]A', ' ', 'B{=x ~y}'],
    ['[html]A', '<a ', '{\\=x ~y}'],
    ['[markdown]A', '\\n', '{=x ~y}'],
    ['// ', '[tag:', '\nA?{=x ~y}'],
    ['// [feedback:a:', '\\\\]', '\nA?{=x ~y}'],
  ] as const)
    it(`of ${JSON.stringify(part)} in a question of GIFT`, async () =>
      void (await read('gift', filled(part, before, after))));
  for (const part of ['{:A:', '{1:MC:\\~', '\\~', '\\}', '<', '&a', '&#', ' ', '<p>', '~', '{1:MC:=x~y}'])
    it(`of ${JSON.stringify(part)} in Moodle XML`, async () => {
      await read('moodle', inMoodle(filled(part, '{1:MC:', '').slice(0, 990_000)));
    });
  for (const part of ['<p/>', '<qti-choice-interaction/>', ' ', '\n', '<qti-rubric-block/>', '<a>x</a>'])
    it(`of ${JSON.stringify(part)} in QTI`, async () => void (await read('qti', inQti(filled(part)))));
});

describe('a hostile zip', () => {
  const codeOf = async (bytes: Uint8Array) => {
    const unzipped = await unzip(bytes);
    return unzipped.ok ? 'ok' : unzipped.code;
  };

  it('opens when it is none', async () => {
    const zip = zipSync({ 'imsmanifest.xml': strToU8('<x/>'), 'items/a.xml': strToU8('<y/>') });
    const unzipped = await unzip(zip);
    expect(unzipped.ok && [...unzipped.files.keys()]).to.deep.equal(['imsmanifest.xml', 'items/a.xml']);
  });

  it('that unpacks to more than is allowed is refused before it is unpacked', async () => {
    expect(await codeOf(zipSync({ 'a.xml': new Uint8Array(9_000_000) }))).to.equal('too-large');
    const many = Object.fromEntries(
      Array.from({ length: 9 }, (_, n) => [`${n}.xml`, new Uint8Array(1_000_000)]),
    );
    expect(await codeOf(zipSync(many))).to.equal('too-large');
  });

  it('that lies about its size is stopped at what it declared', async () => {
    expect(await codeOf(lying(100_000_000, 1000))).to.equal('zip');
  });

  it('with too many files is refused', async () => {
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`${n}.xml`, new Uint8Array(1)]));
    expect(await codeOf(zipSync(many))).to.equal('too-large');
  });

  it('with names that lead out of it, or that is broken or cut, is refused', async () => {
    for (const name of ['../a.xml', '/a.xml', 'a/../../b.xml', 'a\\b.xml', 'C:/a.xml']) {
      expect(await codeOf(zipSync({ [name]: strToU8('x') })), name).to.equal('zip');
    }
    const zip = zipSync({ 'a.xml': strToU8('x'.repeat(100)) });
    for (const length of [0, 10, 40, zip.length - 5])
      expect(await codeOf(zip.subarray(0, length))).to.equal('zip');
    const wrong = Uint8Array.from(zip);
    wrong[40] = (wrong[40] ?? 0) ^ 0xff;
    expect(await codeOf(wrong)).to.equal('zip');
  });

  it('is read as a package, not as GIFT or Moodle XML', async () => {
    const zip = zipSync({ 'a.xml': strToU8('x') });
    for (const format of ['gift', 'moodle'] as const)
      expect(short(await read(format, zip))).to.deep.equal(['1 refused not-this-format']);
    expect(short(await read('qti', zip))).to.deep.equal(['1 refused missing-file']);
  });
});

/** A zip whose one file holds `real` zeros and says in both headers that it holds `declared`. */
function lying(real: number, declared: number): Uint8Array {
  const packed = deflateRawSync(Buffer.alloc(real));
  const name = Buffer.from('a.xml');
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(declared, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name, packed]);
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\x00', 'latin1'),
    common,
    Buffer.alloc(14),
    name,
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
