import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { expect } from 'chai';
import { drawCertificate, type PdfFacts } from '../../../server/certificates/pdf/certificate.js';

const facts: PdfFacts = {
  name: 'Ada Marlow',
  course: { title: 'Airline and transport', summary: 'Recognising and reporting child trafficking.' },
  organisationName: 'Northern Air',
  awardedAt: Date.UTC(2026, 10, 24, 23, 30),
  validUntil: Date.UTC(2027, 10, 30, 12),
  timeZone: 'UTC',
  assurance: 'employer',
  code: '7K3M9QXD2TFAW5HN',
  codeUrl: 'https://training.example/v/7K3M9QXD2TFAW5HN',
  checkUrl: 'https://training.example/v',
  issuerDid: 'did:web:training.example',
  publicKeyMultibase: 'z6MkvG98XAeBk76CXgtJ2B8hauKA7UV5BLuXE9Uha9Zhza7f',
  credential: Buffer.from('{"name":"Zoë Łukasz"}'),
};

describe('the certificate on paper', () => {
  it('is the same to the byte for the same facts', async () => {
    const [first, second] = [await drawCertificate(facts), await drawCertificate(facts)];
    expect(first.equals(second)).to.equal(true);
  });

  it('holds no time but that of the award', async () => {
    const pdf = await drawCertificate({ ...facts, awardedAt: Date.UTC(2021, 2, 4, 5, 6, 7) });
    const dates = pdf.toString('latin1').match(/D:\d{14}Z/g);
    expect(new Set(dates)).to.deep.equal(new Set(['D:20210304050607Z']));
    expect(
      streams(pdf)
        .join('\n')
        .match(/<xmp:\w+Date>[^<]+/g),
    ).to.deep.equal(['<xmp:CreateDate>2021-03-04T05:06:07Z']);
  });

  it('is one tagged PDF/A-3b page that shows its title', async () => {
    const pdf = await drawCertificate(facts);
    const text = pdf.toString('latin1');
    expect(text).to.match(/^%PDF-1\.7/);
    expect(text)
      .to.include('/Marked true')
      .and.include('/StructTreeRoot')
      .and.include('/DisplayDocTitle true');
    expect(text).to.include('/Lang (en)').and.include('/AFRelationship /Data');
    expect(text.match(/\/Type \/Page\b(?!s)/g)).to.have.length(1);
    expect(streams(pdf).join('\n')).to.match(/pdfaid:part>3.*pdfaid:conformance>B/s);
  });

  it('embeds every font that it uses', async () => {
    const text = (await drawCertificate(facts)).toString('latin1');
    expect(text.match(/\/FontFile2 /g)?.length).to.equal(text.match(/\/Type \/FontDescriptor/g)?.length);
    expect(text).not.to.include('Helvetica');
  });

  it('carries the signed bytes unchanged', async () => {
    const found = streams(await drawCertificate(facts)).filter(stream => stream.startsWith('{'));
    expect(found).to.deep.equal([Buffer.from(facts.credential).toString('latin1')]);
  });

  it('draws any name, however long and in whatever letters', async () => {
    const long = 'Wolfeschlegelsteinhausenbergerdorff '.repeat(6);
    for (const name of [long, 'x'.repeat(200), '王小明', '👩‍✈️ Ada', 'A', 'أحمد Smith 12']) {
      const pdf = await drawCertificate({ ...facts, name });
      expect(pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)).to.have.length(1);
    }
  });

  describe('read by other programs', () => {
    let folder: string;

    before(function () {
      if (!installed('pdftotext', '-v')) this.skip();
      folder = mkdtempSync(join(tmpdir(), 'certificate-'));
    });

    after(() => {
      if (folder) rmSync(folder, { recursive: true });
    });

    const file = async (changes: Partial<PdfFacts>): Promise<string> => {
      const path = join(folder, 'certificate.pdf');
      writeFileSync(path, await drawCertificate({ ...facts, ...changes }));
      return path;
    };

    const textOf = async (changes: Partial<PdfFacts>): Promise<string> => {
      const { stdout } = spawnSync('pdftotext', [await file(changes), '-'], { encoding: 'utf8' });
      return stdout
        .normalize('NFC')
        .replace(/[\u202a-\u202e\f]/g, '')
        .replace(/\s+/g, ' ');
    };

    for (const name of [
      'Zoë Łukasz',
      'Ada Marlow',
      'Ελένη Παπαδοπούλου',
      'Иван Щербаков',
      'علي محمد الحسن',
      'आरती कुमारी शर्मिला',
      'Nguyễn Thị Hồng',
    ]) {
      it(`reads as ${name}`, async () => {
        expect(await textOf({ name })).to.include(name);
      });
    }

    it('still reads as what no font can draw', async () => {
      expect(await textOf({ name: '王小明 Wang' }))
        .to.include('王小明')
        .and.include('Wang');
    });

    it('says when, by whom, how to check it and how far to trust it', async () => {
      const text = await textOf({});
      for (const words of [
        'has completed awareness training',
        '24 November 2026',
        '30 November 2027',
        'Northern Air',
        '7K3M-9QXD-2TFA-W5HN',
        'training.example/v',
        'This paper proves nothing by itself.',
        'did:web:training.example',
        'z6Mk vG98 XAeB k76C XgtJ 2B8h auKA 7UV5 BLuX E9Uh a9Zh za7f',
        'The name was stated by the employer. The test was not watched by an examiner.',
      ]) {
        expect(text).to.include(words);
      }
    });

    it('gives its dates in the time zone of the organisation', async () => {
      expect(await textOf({ timeZone: 'Asia/Tokyo' })).to.include('25 November 2026');
    });

    it('says so when it never ends, and when the holder stated the name', async () => {
      const text = await textOf({ validUntil: null, assurance: 'holder' });
      expect(text).to.include('No end date').and.include('The name was stated by the holder.');
    });

    it('gives back the attached bytes', async function () {
      if (!installed('pdfdetach', '-v')) this.skip();
      const out = join(folder, 'out.json');
      spawnSync('pdfdetach', ['-save', '1', '-o', out, await file({})]);
      expect(readFileSync(out).equals(Buffer.from(facts.credential))).to.equal(true);
    });

    it('opens its own address by its QR code', async function () {
      if (!installed('zbarimg', '--version') || !installed('pdftoppm', '-v')) this.skip();
      spawnSync('pdftoppm', ['-r', '150', '-png', '-singlefile', await file({}), join(folder, 'page')]);
      const { stdout } = spawnSync('zbarimg', ['-q', '--raw', join(folder, 'page.png')], {
        encoding: 'utf8',
      });
      expect(stdout.trim()).to.equal(facts.codeUrl);
    });
  });
});

function installed(program: string, flag: string): boolean {
  return spawnSync(program, [flag]).error === undefined;
}

/** Every stream of a PDF, unpacked where it is packed, as Latin-1. */
function streams(pdf: Buffer): string[] {
  const starts = [...pdf.toString('latin1').matchAll(/\nstream\n/g)].map(match => match.index + 8);
  return starts.map(start => {
    const body = pdf.subarray(start, pdf.indexOf('\nendstream', start));
    return (body[0] === 0x78 ? inflateSync(body) : body).toString('latin1');
  });
}
