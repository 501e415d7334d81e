import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { drawCertificate } from '../../../../../server/proof/certificates/documents/pdf/certificate.js';
import { issue, keyFrom } from '../../../open-badges/sample.js';
import { qpdf } from '../../../../support/programs/qpdf.js';

type Value = string | number | boolean | null | Value[] | { [key: string]: Value };
type Dictionary = { [key: string]: Value };

/**
 * What ISO 19005-3 (PDF/A-3b) asks of the structure, read by qpdf. veraPDF, which judges the whole standard,
 * is in none of the package registries that this project uses.
 */
describe('the certificate as an archive file', () => {
  let folder: string;
  let objects: Record<string, { value?: Value; stream?: { dict: Dictionary; data: string } }>;
  let catalog: Dictionary;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'archive-'));
    const file = join(folder, 'certificate.pdf');
    const { text } = await issue(await keyFrom('issuer'), { name: 'Zoë أحمد आरती 王小明 น้ำ' });
    const pdf = await drawCertificate({
      credential: text,
      code: '7K3M9QXD2TFAW5HN',
      codeUrl: 'https://training.example/v/7K3M9QXD2TFAW5HN',
      checkUrl: 'https://training.example/v',
      ledgerHead: 'ab12'.repeat(16),
      timeZone: 'UTC',
      size: 'a4',
    });
    writeFileSync(file, pdf);
    const checked = qpdf('--check', file);
    expect(checked.status, checked.stdout + checked.stderr).to.equal(0);
    expect(checked.stdout).to.include('not encrypted');
    const { stdout } = qpdf('--json', '--json-stream-data=inline', '--decode-level=generalized', file);
    ({
      qpdf: [, objects],
    } = JSON.parse(stdout) as { qpdf: [unknown, typeof objects] });
    catalog = resolve((objects['trailer']?.value as Dictionary)['/Root'] ?? null) as Dictionary;
  });

  after(() => {
    if (folder) rmSync(folder, { recursive: true });
  });

  const text = (value: Value | undefined): string => (typeof value === 'string' ? value : '');
  const entry = (value: Value) => objects[`obj:${text(value)}`];
  const resolve = (value: Value): Value =>
    typeof value === 'string' && / R$/.test(value)
      ? (entry(value)?.value ?? entry(value)?.stream?.dict ?? null)
      : value;
  const at = (value: Value, ...path: string[]): Value =>
    path.reduce((found, key) => resolve((resolve(found) as Dictionary)?.[key] ?? null), value);
  const data = (value: Value) => Buffer.from(entry(value)?.stream?.data ?? '', 'base64').toString();
  const all = (test: (dictionary: Dictionary) => boolean) =>
    Object.values(objects)
      .map(object => (object.value ?? object.stream?.dict) as Dictionary)
      .filter(value => value !== null && typeof value === 'object' && !Array.isArray(value) && test(value));

  it('claims PDF/A-3b in its metadata, which is not compressed', () => {
    const xmp = data(catalog['/Metadata'] ?? null);
    expect(xmp).to.include('<pdfaid:part>3</pdfaid:part>');
    expect(xmp).to.include('<pdfaid:conformance>B</pdfaid:conformance>');
    expect(at(catalog['/Metadata'] ?? null, '/Filter')).to.equal(null);
    expect(at(catalog['/Metadata'] ?? null, '/Subtype')).to.equal('/XML');
  });

  it('says the same in its metadata and in its dictionary', () => {
    const info = resolve((objects['trailer']?.value as Dictionary)['/Info'] ?? null) as Dictionary;
    const xmp = data(catalog['/Metadata'] ?? null);
    for (const [key, tag] of [
      ['/Title', 'dc:title'],
      ['/Author', 'dc:creator'],
      ['/Subject', 'dc:description'],
    ] as const) {
      const written = text(resolve(info[key] ?? null)).replace(/^u:/, '');
      expect(xmp, key).to.match(new RegExp(`<${tag}>[^]*>${written.replace(/[.?*+()]/g, '\\$&')}<`));
    }
    expect(xmp).to.include('<pdf:Producer>Safe Passage</pdf:Producer>');
    expect(xmp).to.include('<xmp:CreatorTool>Safe Passage</xmp:CreatorTool>');
  });

  it('says what its colours are', () => {
    const [intent] = catalog['/OutputIntents'] as Value[];
    expect(at(intent ?? null, '/S')).to.equal('/GTS_PDFA1');
    expect(at(intent ?? null, '/DestOutputProfile', '/N')).to.equal(3);
  });

  it('embeds every font, with the text behind its glyphs', () => {
    const fonts = all(each => each['/Type'] === '/Font' && each['/Subtype'] === '/Type0');
    expect(fonts.length).to.be.greaterThan(4);
    expect(all(each => each['/Type'] === '/Font' && !/Type0|CIDFontType2/.test(text(each['/Subtype'])))).to.be
      .empty;
    for (const font of fonts) {
      const [inner] = resolve(font['/DescendantFonts'] ?? null) as Value[];
      const file = (at(inner ?? null, '/FontDescriptor') as Dictionary)['/FontFile2'];
      expect(data(file ?? null).length).to.be.greaterThan(500);
      expect(at(inner ?? null, '/CIDToGIDMap')).to.equal('/Identity');
      expect(text(font['/BaseFont'])).to.match(/^\/[A-Z]{6}\+/);
      expect(data(font['/ToUnicode'] ?? null)).to.include('beginbfrange');
    }
  });

  it('contains the credential as associated data', () => {
    const [file, ...others] = catalog['/AF'] as Value[];
    expect(others).to.be.empty;
    expect(at(file ?? null, '/AFRelationship')).to.equal('/Data');
    expect(at(file ?? null, '/UF')).to.equal('u:credential.json');
    expect(at(file ?? null, '/EF', '/F', '/Subtype')).to.equal('/application/vc+ld+json');
    expect(at(file ?? null, '/EF', '/F', '/Params', '/ModDate')).to.match(/^u:D:2026/);
  });

  it('is tagged, in one language, with its title shown and a description for its picture', () => {
    expect(at(catalog['/MarkInfo'] ?? null, '/Marked')).to.equal(true);
    expect(catalog['/Lang']).to.equal('u:en');
    expect(at(catalog['/ViewerPreferences'] ?? null, '/DisplayDocTitle')).to.equal(true);
    const [page] = all(each => each['/Type'] === '/Page');
    expect(page?.['/Tabs']).to.equal('/S');
    const tags = all(each => '/S' in each && '/P' in each);
    expect(tags.map(tag => tag['/S'])).to.include.members(['/H1', '/H2', '/P', '/Figure']);
    expect(tags.find(tag => tag['/S'] === '/Figure')?.['/Alt']).to.match(/QR code for https/);
  });

  it('has an identity, and no actions, hidden parts or external references', () => {
    expect((objects['trailer']?.value as Dictionary)['/ID']).to.have.length(2);
    const forbidden = [
      '/JavaScript',
      '/JS',
      '/OpenAction',
      '/AA',
      '/Encrypt',
      '/XFA',
      '/OCProperties',
      '/Annots',
    ];
    for (const key of forbidden)
      expect(
        all(each => key in each),
        key,
      ).to.be.empty;
  });
});
