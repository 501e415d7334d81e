import { crc32, deflateSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { carriedText } from '../../../../server/proof/open-badges/files/extract.js';
import { signedInHolder } from '../../../support/holders.js';
import { carriers, handIn, pdfWith } from './carriers.js';
import { ownWorld } from '../../../support/world.js';

const verdict = async (file: Uint8Array): Promise<string> => {
  const { status, body } = await handIn(file);
  expect(status).to.be.oneOf([200, 422]);
  return body.verdict;
};

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A PDF whose one attachment is packed as given. */
const pdfOf = (dictionary: string, data: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile ${dictionary} >>\nstream\n`),
    data,
    Buffer.from('\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n'),
  ]);

/** Puts a chunk after the header of a PNG. */
const into = (png: Buffer, extra: Buffer): Buffer =>
  Buffer.concat([png.subarray(0, 33), extra, png.subarray(33)]);

describe('a hostile file', () => {
  ownWorld();
  let text: string;
  let id: string;
  let png: Buffer;
  let download: (file: string) => Promise<Buffer>;

  before(async () => {
    const { holder: owner, certificate } = await signedInHolder();
    ({ id, credential: text } = certificate);
    png = (await carriers['png']?.(text)) as Buffer;
    download = file => owner.browser.bytes(`/certificates/${id}/${file}`);
  });

  const refused: [string, () => Buffer | Promise<Buffer>][] = [
    ['JSON nested 10,000 deep', () => Buffer.from(`{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`)],
    ['JSON of 4 MB', () => Buffer.from(JSON.stringify({ ...JSON.parse(text), x: 'x'.repeat(4_000_000) }))],
    ['JSON in UTF-16', () => Buffer.from(text, 'utf16le')],
    [
      'JSON that is no UTF-8',
      () => Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
    ],
    ['JSON after a byte order mark', () => Buffer.from(`\uFEFF${text}`)],
    ['two JSON texts', () => Buffer.from(text + text)],
    [
      'a PNG with a second credential',
      () => into(png, chunk('iTXt', Buffer.from(`openbadgecredential\0\0\0\0\0${text}`))),
    ],
    [
      'a PNG with a second one, as plain text',
      () => into(png, chunk('tEXt', Buffer.from('openbadgecredential\0{}'))),
    ],
    [
      'a PNG with a packed credential: 60 MB',
      async () =>
        into(
          (await carriers['png']?.('')) as Buffer,
          chunk(
            'iTXt',
            Buffer.concat([
              Buffer.from('openbadgecredential\0\x01\0\0\0'),
              deflateSync(Buffer.alloc(60_000_000)),
            ]),
          ),
        ),
    ],
    [
      'a PNG whose chunk says 4 GB',
      () => Buffer.concat([png.subarray(0, 33), Buffer.from('fffffff0', 'hex'), png.subarray(37)]),
    ],
    [
      'a PNG whose chunk says nothing, for ever',
      () => Buffer.concat([png.subarray(0, 8), Buffer.alloc(4_000_000)]),
    ],
    ['a PNG with something after its end', () => Buffer.concat([png, Buffer.from('%PDF-1.7')])],
    [
      'an SVG with entities',
      async () =>
        Buffer.from(
          String(await carriers['svg']?.(text)).replace('<svg', '<!DOCTYPE svg [<!ENTITY a "b">]><svg'),
        ),
    ],
    [
      'an SVG with a second credential',
      async () =>
        Buffer.from(
          String(await carriers['svg']?.(text)).replace(
            '</svg>',
            '<openbadges:credential>{}</openbadges:credential></svg>',
          ),
        ),
    ],
    ['an SVG without its end', async () => Buffer.from(String(await carriers['svg']?.(text)).slice(0, -8))],
    [
      'a million open sections',
      () => Buffer.from(`<svg><openbadges:credential>${'<![CDATA['.repeat(400_000)}</svg>`),
    ],
    [
      'a PDF that unpacks to 60 MB',
      () => pdfOf('/Filter /FlateDecode', deflateSync(Buffer.alloc(60_000_000))),
    ],
    [
      'a PDF packed twice',
      () => pdfOf('/Filter [/FlateDecode /FlateDecode]', deflateSync(deflateSync(text))),
    ],
    ['a PDF packed in a way we do not know', () => pdfOf('/Filter /LZWDecode', Buffer.from(text))],
    ['a PDF whose length is a lie', () => pdfOf('/Length 999999999999', deflateSync(text))],
    ['a PDF whose length leads to itself', () => pdfOf('/Length 1 0 R', Buffer.alloc(0))],
    [
      'a PDF whose objects lead in circles',
      () =>
        Buffer.from(
          '%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /Extends 1 0 R /N 999999999 /First 0 /Length 2 0 R >>\nstream\n\nendstream\nendobj\n' +
            '2 0 obj\n2 0 R\nendobj\nxref\n0 99999999\ntrailer\n<< /Prev 9 /Root 2 0 R /XRefStm 9 >>\nstartxref\n9\n%%EOF\n',
        ),
    ],
    [
      'a PDF of a hundred thousand attachments',
      () =>
        Buffer.from(
          `%PDF-1.7\n${'1 0 obj\n<< /Type /EmbeddedFile >>\nstream\n{}\nendstream\n'.repeat(80_000)}%%EOF`,
        ),
    ],
    ['a PDF of nothing but types', () => Buffer.from(`%PDF-1.7\n${'/EmbeddedFile'.repeat(380_000)}%%EOF`)],
    ['a PDF with two badges', () => pdfWith({ 'a.json': text, 'b.json': text.replace('Marlow', 'Brandt') })],
    ['a PDF without attachments', () => pdfWith({})],
    [
      'a PDF with the credential printed on it',
      () => Buffer.from(`%PDF-1.7\n1 0 obj\n<< >>\nstream\n${text}\nendstream\n%%EOF`),
    ],
    [
      'a web page with a credential',
      () => Buffer.from(`<html><openbadges:credential><![CDATA[${text}]]></openbadges:credential></svg>`),
    ],
    ['a GIF that is JSON, too', () => Buffer.from(`GIF89a/*${text}`)],
    ['a zip', () => Buffer.from('504b0304140000000800', 'hex')],
  ];
  for (const [what, make] of refused) {
    it(`${what}: unreadable`, async () => {
      const file = await make();
      expect(file.length).to.be.below(5 * 1024 * 1024);
      expect(await verdict(file)).to.equal('unreadable');
    });
  }

  it('that is nested as deep as known terms allow is refused before it is read as linked data', async () => {
    const deep = (levels: number): string => (levels === 0 ? '{}' : `{"achievement":${deep(levels - 1)}}`);
    const nested = text.replace('"credentialStatus"', `"evidence":${deep(600)},"credentialStatus"`);
    expect(await verdict(Buffer.from(nested))).to.equal('altered');
  });

  it('that is cut anywhere is never valid', async () => {
    for (const file of ['certificate.pdf', 'badge.png', 'badge.svg', 'credential.json']) {
      const whole = await download(file);
      for (let part = 0; part < 50; part += 1) {
        const cut = whole.subarray(0, Math.floor((whole.length * part) / 50));
        expect(carriedText(cut), `${file} ${part}/50`).to.not.equal(text);
        if (part % 10 === 1) expect(await verdict(cut), `${file} ${part}/50`).to.equal('unreadable');
      }
    }
  });

  it('with changed bytes is valid only while it contains the exact text that was issued', async () => {
    const files = await Promise.all(
      ['certificate.pdf', 'badge.png', 'badge.svg', 'credential.json'].map(download),
    );
    const changes = fc.array(
      fc.record({ at: fc.double({ min: 0, max: 0.9999, noNaN: true }), byte: fc.nat(255) }),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), changes, async (whole, list) => {
        const file = Buffer.from(whole);
        for (const { at, byte } of list) file[Math.floor(at * file.length)] = byte;
        if ((await verdict(file)) === 'valid') expect(carriedText(file)).to.equal(text);
      }),
      { numRuns: 150 },
    );
  });

  it('with one byte of the signed text changed is never valid', async () => {
    const bytes = Buffer.from(text);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const file = Buffer.from(bytes);
        file[at] = ((file[at] ?? 0) + by) % 256;
        expect(await verdict(file)).to.be.oneOf(['altered', 'unreadable', 'not-ours']);
      }),
      { numRuns: 150 },
    );
  });

  it('of any bytes after any header is never valid, and never causes an error', async () => {
    const heads = [
      '',
      '{',
      '%PDF-1.7\n/EmbeddedFile',
      '<svg>',
      '\x89PNG\r\n\x1a\n',
      '<?xml ?><svg><openbadges:credential>',
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 400 }), async (head, tail) => {
        const file = Buffer.concat([Buffer.from(head, 'latin1'), tail]);
        expect(await verdict(file)).to.be.oneOf(['unreadable', 'not-ours']);
      }),
      { numRuns: 100 },
    );
  });

  it('is refused when it is two things: a picture and a certificate', async () => {
    const pdf = await download('certificate.pdf');
    expect(await verdict(Buffer.concat([png, pdf]))).to.equal('unreadable');
    expect(await verdict(Buffer.concat([Buffer.from('{}'), pdf]))).to.equal('unreadable');
  });
});
