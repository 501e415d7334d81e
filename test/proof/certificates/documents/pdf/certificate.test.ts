import { inflateSync } from 'node:zlib';
import { expect } from 'chai';
import {
  drawCertificate,
  type PdfFacts,
} from '../../../../../server/proof/certificates/documents/pdf/certificate.js';
import type { AwardFacts } from '../../../../../server/proof/open-badges/credential.js';
import { AWARDED, facts, issue, keyFrom } from '../../../open-badges/sample.js';
import {
  codeOn,
  fromTheRight,
  readPaper,
  type Letter,
  type ReadPaper,
} from '../../../../support/programs/paper.js';
import {
  PAPER_WORDS,
  signatureNotes,
} from '../../../../../server/proof/certificates/documents/pdf/paper-words.js';

const around: Omit<PdfFacts, 'credential'> = {
  code: '7K3M9QXD2TFAW5HN',
  codeUrl: 'https://training.example/v/7K3M9QXD2TFAW5HN',
  checkUrl: 'https://training.example/v',
  ledgerHead: null,
  timeZone: 'UTC',
  size: 'a4',
};

/** Our certificate of an award; what is around it may be changed too. */
async function draw(award: Partial<AwardFacts> = {}, changes: Partial<PdfFacts> = {}): Promise<Buffer> {
  return drawCertificate({ ...around, credential: await signed(award), ...changes });
}

const signed = async (award: Partial<AwardFacts>): Promise<string> =>
  (await issue(await keyFrom('issuer'), { name: 'Ada Marlow', assurance: 'employer', ...award })).text;

/** What the signed text says of length and assurance. */
const narrativeOf = async (award: Partial<AwardFacts>): Promise<string> =>
  (JSON.parse(await signed(award)) as { credentialSubject: { narrative: string } }).credentialSubject
    .narrative;

describe('the certificate on paper', () => {
  it('is the same to the byte for the same facts', async () => {
    for (const size of ['a4', 'letter'] as const) {
      const [first, second] = [await draw({}, { size }), await draw({}, { size })];
      expect(first.equals(second)).to.equal(true);
    }
  });

  it('has an identity of its own, also among certificates of the same second', async () => {
    const identity = (pdf: Buffer) => /\/ID \[<([0-9a-f]+)>/.exec(pdf.toString('latin1'))?.[1];
    const [one, other] = [await draw(), await draw({}, { code: 'AAAABBBBCCCCDDDD' })];
    expect(identity(one)).to.match(/^[0-9a-f]{32}$/);
    expect(identity(other)).not.to.equal(identity(one));
  });

  it('contains no time but that of the award', async () => {
    const pdf = await draw({ awardedAt: Date.UTC(2021, 2, 4, 5, 6, 7) });
    const dates = pdf.toString('latin1').match(/D:\d{14}Z/g);
    expect(new Set(dates)).to.deep.equal(new Set(['D:20210304050607Z']));
    expect(
      streams(pdf)
        .join('\n')
        .match(/<xmp:\w+Date>[^<]+/g),
    ).to.deep.equal(['<xmp:CreateDate>2021-03-04T05:06:07Z']);
  });

  it('is one tagged PDF/A-3b page that shows its title', async () => {
    const pdf = await draw();
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
    const text = (await draw()).toString('latin1');
    expect(text.match(/\/FontFile2 /g)?.length).to.equal(text.match(/\/Type \/FontDescriptor/g)?.length);
    expect(text).not.to.include('Helvetica');
  });

  it('contains the signed bytes unchanged', async () => {
    const found = streams(await draw()).filter(stream => stream.startsWith('{'));
    expect(found).to.deep.equal([Buffer.from(await signed({})).toString('latin1')]);
  });

  it('draws any name, however long and in any script', async () => {
    const long = 'Wolfeschlegelsteinhausenbergerdorff '.repeat(6);
    for (const name of [
      long,
      'x'.repeat(200),
      'क्षि'.repeat(200),
      '王'.repeat(200),
      '👩‍✈️',
      'A',
      'أحمد Smith 12',
    ]) {
      const pdf = await draw({ name });
      expect(pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)).to.have.length(1);
    }
  });

  describe('read by another program', () => {
    const read = async (award: Partial<AwardFacts>, changes: Partial<PdfFacts> = {}): Promise<ReadPaper> =>
      readPaper(await draw(award, changes));

    const textOf = async (award: Partial<AwardFacts>, changes: Partial<PdfFacts> = {}): Promise<string> =>
      (await read(award, changes)).text.normalize('NFC').replace(/\s+/g, ' ');

    for (const name of [
      'Zoë Łukasz',
      'Ada Marlow',
      'Ελένη Παπαδοπούλου',
      'Иван Щербаков',
      'דוד בן־גוריון',
      'สมชาย น้ำผึ้ง',
      '欧阳喆堃 Wang',
      '佐藤 さくら',
      '김민준',
      'आरती कुमारी शर्मिला',
      'Nguyễn Thị Hồng',
    ]) {
      it(`reads as ${name}`, async () => {
        expect(await textOf({ name })).to.include(name);
      });
    }

    for (const name of ['علي محمد الحسن', 'فاطمة زهرا بنت', 'דוד בן גוריון']) {
      it(`reads from the right as ${name}`, async () => {
        expect(fromTheRight(await read({ name }))).to.equal(name.replaceAll(' ', ''));
      });
    }

    for (const size of ['a4', 'letter'] as const) {
      it(`names the subject and what was assessed, and nothing that the course tells learners (${size})`, async () => {
        const certificate = { subject: 'noticing what matters', showed: 'The holder showed how.' };
        const words = await textOf({ course: { ...facts.course, certificate } }, { size });
        expect(words).to.include(`in ${certificate.subject}`).and.include(certificate.showed);
        expect(words).to.not.include(facts.course.summary);
        const older = await textOf({}, { size });
        expect(older).to.include(facts.course.criteria).and.not.include(facts.course.summary);
      });

      it(`keeps the longest subject and text above the dates, below the longest name (${size})`, async () => {
        const certificate = {
          subject: `s${'ubject in words '.repeat(6)}`.slice(0, 90),
          showed: `${'Words '.repeat(39)}end.`,
        };
        const name = 'Wolfeschlegel Bergerdorff '.repeat(4).trim();
        const paper = await read({ name, course: { ...facts.course, certificate } }, { size });
        const lowest = Math.min(...lettersOf(paper, 'end.').map(({ bottom }) => bottom));
        const highest = Math.max(...lettersOf(paper, PAPER_WORDS.awarded).map(({ top }) => top));
        expect(lowest).to.be.above(highest);
      });
    }

    it('still reads as the name when no font can draw it, and says that the file has the whole name', async () => {
      const unprinted = signatureNotes({ narrative: '', whole: false }).at(-1) ?? '';
      expect(await textOf({ name: 'தமிழ் Name' }))
        .to.include('தமிழ்')
        .and.include('Name')
        .and.include(unprinted);
      expect(await textOf({ name: 'Ada 👩‍✈️ Marlow' }))
        .to.include('Ada Marlow')
        .and.include(unprinted);
      expect(await textOf({})).not.to.include(unprinted);
    });

    it('says when, by whom, how to check it and how far to trust it', async () => {
      const text = await textOf({});
      for (const words of [
        PAPER_WORDS.completed,
        '24 November 2026',
        '24 November 2027',
        PAPER_WORDS.issuedBy,
        'Safe Passage Example',
        await narrativeOf({}),
        '7K3M-9QXD-2TFA-W5HN',
        'training.example/v',
        PAPER_WORDS.limits,
        'did:web:training.example',
        (await keyFrom('issuer')).keyId.replace(/(.{4})(?=.)/g, '$1 '),
      ]) {
        expect(text).to.include(words);
      }
    });

    it('gives its dates in the time zone of the organisation', async () => {
      expect(await textOf({ awardedAt: AWARDED + 12 * 3_600_000 }, { timeZone: 'Asia/Tokyo' })).to.include(
        '25 November 2026',
      );
    });

    it('is drawn from the signed text, and not from the row', async () => {
      expect(await textOf({ organisationName: '[x](http://x) *Air*' })).to.include('[x](http://x) *Air*');
    });

    it('names the end of the issuance log when it was issued', async () => {
      expect(await textOf({})).not.to.include(PAPER_WORDS.log);
      expect(await textOf({}, { ledgerHead: 'ab12'.repeat(16) })).to.include(
        `${PAPER_WORDS.log} ${'ab12 '.repeat(16).trim()}`,
      );
    });

    it('is A4, or US Letter', async () => {
      const points = async (size: PdfFacts['size']) =>
        (await read({}, { size })).size.map(length => length.toFixed(2));
      expect(await points('a4')).to.deep.equal(['841.89', '595.28']);
      expect(await points('letter')).to.deep.equal(['792.00', '612.00']);
    });

    it('says so when it never ends, and when the holder stated the name', async () => {
      const award = { validUntil: null, assurance: 'holder' } as const;
      const text = await textOf(award);
      expect(text)
        .to.include(PAPER_WORDS.noEnd)
        .and.include(await narrativeOf(award));
    });

    it('returns the attached bytes', async () => {
      const { attachments } = await read({});
      expect(attachments.map(file => Buffer.from(file).toString('utf8'))).to.deep.equal([await signed({})]);
    });

    it('has its own address in its QR code', async () => {
      expect(await codeOn(await draw())).to.equal(around.codeUrl);
    });
  });
});

/** The letters of a text that stands on the page once. */
function lettersOf({ text, letters }: ReadPaper, words: string): readonly Letter[] {
  const at = text.indexOf(words);
  expect([at >= 0, text.indexOf(words, at + 1)], words).to.deep.equal([true, -1]);
  return letters.slice(at, at + words.length);
}

/** Every stream of a PDF, unpacked where it is packed, as Latin-1. */
function streams(pdf: Buffer): string[] {
  const starts = [...pdf.toString('latin1').matchAll(/\nstream\n/g)].map(match => match.index + 8);
  return starts.map(start => {
    const body = pdf.subarray(start, pdf.indexOf('\nendstream', start));
    return (body[0] === 0x78 ? inflateSync(body) : body).toString('latin1');
  });
}
