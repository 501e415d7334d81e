import { expect } from 'chai';
import { wholeRoster } from './whole-roster.js';
import { recordsOf } from '../../../../../server/people/organisations/roster/reading/records.js';
import { MAX_ROWS } from '../../../../../server/people/organisations/roster/reading/roster-table.js';
import { csv } from '../../../../../server/platform/lib/text/csv.js';

const read = async (bytes: Buffer) => {
  const found = await wholeRoster(bytes);
  if (!found.ok) throw new Error(`refused: ${found.refusal}`);
  return found.table;
};
const refusal = async (bytes: Buffer) => {
  const found = await wholeRoster(bytes);
  return found.ok ? 'read' : found.refusal;
};
const cells = async (bytes: Buffer) => (await read(bytes)).rows.map(row => row.cells);

const TEXT = 'Number;Name\r\n007;Zoë “Łuk” Müller\r\n';
const ROW = [['007', 'Zoë “Łuk” Müller']];

const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();

describe('reading a list of people', () => {
  const utf16 = Buffer.from(TEXT, 'utf16le');
  const marks = {
    utf8: Buffer.from([0xef, 0xbb, 0xbf]),
    le: Buffer.from([0xff, 0xfe]),
    be: Buffer.from([0xfe, 0xff]),
  };
  const files: [string, Buffer, string][] = [
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with a mark', Buffer.concat([marks.utf8, Buffer.from(TEXT)]), 'utf-8'],
    ['UTF-16 LE with a mark', Buffer.concat([marks.le, utf16]), 'utf-16le'],
    ['UTF-16 BE with a mark', Buffer.concat([marks.be, swapped(utf16)]), 'utf-16be'],
    ['UTF-16 LE without a mark', utf16, 'utf-16le'],
    ['UTF-16 BE without a mark', swapped(utf16), 'utf-16be'],
  ];
  for (const [name, bytes, encoding] of files)
    it(`understands ${name}`, async () => {
      const { source, header, rows } = await read(bytes);
      expect(source).to.deep.equal({ kind: 'text', encoding, delimiter: ';' });
      expect(header).to.deep.equal(['Number', 'Name']);
      expect(rows.map(row => row.cells)).to.deep.equal(ROW);
    });

  it('understands Windows-1252, curly quotation marks and the euro sign too', async () => {
    const bytes = Buffer.concat([
      Buffer.from('Number;Name\n1;Zo'),
      Buffer.from([0xeb, 0x20, 0x92, 0x80, 0x0a]),
    ]);
    expect((await read(bytes)).source).to.deep.include({ encoding: 'windows-1252' });
    expect(await cells(bytes)).to.deep.equal([['1', 'Zoë ’€']]);
  });

  for (const [name, delimiter] of [
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ] as const)
    it(`finds columns between ${name}`, async () => {
      const text = ['Number', '"Name, whole; full"'].join(delimiter);
      const table = await read(Buffer.from(`${text}\n${['1', 'Ada'].join(delimiter)}\n`));
      expect(table.header).to.deep.equal(['Number', 'Name, whole; full']);
      expect(table.source).to.deep.include({ delimiter });
    });

  it('follows a spreadsheet that names the separator', async () => {
    const table = await read(Buffer.from('sep=;\r\nNumber;Name\r\n1;Ada, Eve\r\n'));
    expect(table.header).to.deep.equal(['Number', 'Name']);
    expect(table.rows[0]?.cells).to.deep.equal(['1', 'Ada, Eve']);
  });

  it('keeps leading zeros, formulas as text, and letters of every direction', async () => {
    const rows = [
      ['000', '=1+1'],
      ['001', 'محمد عبد الله'],
      ['002', 'O'],
      ['003', 'é'.repeat(200)],
      ['004', '@home'],
      ['005', 'O\'Brien "Ace"'],
    ];
    const ours = Buffer.from(csv(['Number', 'Name'], rows));
    expect(ours.toString()).to.include(`'=1+1`);
    expect(await cells(ours)).to.deep.equal(rows);
  });

  it('counts rows as a spreadsheet does, empty ones and those with line breaks included', async () => {
    const { rows } = await read(Buffer.from('Number,Name\n1,"Ada\nMarlow"\n\n,\n2,Ben\n'));
    expect(rows.map(({ line }) => line)).to.deep.equal([2, 5]);
  });

  it(`reads ${MAX_ROWS} rows, and not one more`, async () => {
    const lines = Array.from({ length: MAX_ROWS }, (_, at) => `${at},P`).join('\n');
    expect((await read(Buffer.from(`Number,Name\n${lines}\n`))).rows).to.have.length(MAX_ROWS);
    expect(await refusal(Buffer.from(`Number,Name\n${lines}\nx,y\n`))).to.equal('too-many-rows');
  });

  it('stops at a line of more fields than a record could hold, before all of them are kept', async () => {
    let given = 0;
    function* endless() {
      for (; given < 50; given++) yield ','.repeat(10_000);
    }
    const fault = await (async () => {
      for await (const row of recordsOf(endless(), ',')) expect(row, 'nothing is read').to.equal(null);
    })().catch((thrown: unknown) => thrown);
    expect(fault).to.deep.include({ refusal: 'too-many-columns', line: 1 });
    expect(given).to.be.lessThan(20);
  });

  it('says what a file is that it cannot read', async () => {
    expect(await refusal(Buffer.from(''))).to.equal('empty');
    expect(await refusal(Buffer.from('Number,Name\n'))).to.equal('empty');
    expect(await refusal(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]))).to.equal('document');
    expect(await refusal(Buffer.from('%PDF-1.7'))).to.equal('document');
    expect(await refusal(Buffer.from(`${'a,'.repeat(101)}\n1\n`))).to.equal('too-many-columns');
    expect(await refusal(Buffer.from(`Number,Name\n${','.repeat(101)}\n1,Ada\n`))).to.equal(
      'too-many-columns',
    );
    const open = await wholeRoster(Buffer.from('Number,Name\n1,Ada\n2,"Ben\n3,Eve\n'));
    expect(open).to.deep.include({ ok: false, refusal: 'quotes', line: 3 });
  });
});
