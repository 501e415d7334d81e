import { expect } from 'chai';
import {
  MAX_COLUMNS,
  MAX_ROWS,
} from '../../../../../server/people/organisations/roster/reading/roster-table.js';
import { bombWorkbook, textCell, workbookOf } from '../workbooks.js';
import { wholeRoster } from './whole-roster.js';

const HEADER = `<row r="1">${textCell('A1', 'Number')}${textCell('B1', 'Name')}</row>`;

/** The rows of a workbook with their numbers, or why it is not taken. */
async function rowsOf(bytes: Buffer) {
  const read = await wholeRoster(bytes);
  return read.ok ? read.table.rows.map(({ line, cells }) => [line, ...cells]) : read.refusal;
}

/** What stands in the second row. */
const cellsOf = async (cells: string, options: Parameters<typeof workbookOf>[1] = {}) => {
  const rows = await rowsOf(workbookOf(`${HEADER}<row r="2">${cells}</row>`, options));
  return typeof rows === 'string' ? rows : rows[0]?.slice(1);
};

describe('a workbook as a list of people', () => {
  it('gives its first sheet, by the order that its reader sees', async () => {
    const read = await wholeRoster(workbookOf(`${HEADER}<row r="2">${textCell('A2', '7')}</row>`));
    if (!read.ok) throw new Error(read.refusal);
    expect(read.table.source).to.deep.equal({ kind: 'workbook', sheet: 'Crew & ground' });
    expect(read.table.header).to.deep.equal(['Number', 'Name']);
  });

  it('keeps zeros that a format shows, and long numbers whole', async () => {
    const cells =
      '<c r="A2" s="2"><v>123</v></c><c r="B2"><v>8.9123456789E11</v></c><c r="C2"><v>0.5</v></c>';
    expect(await cellsOf(cells)).to.deep.equal(['000123', '891234567890', '0.5']);
  });

  it('reads days from either calendar, whatever the hour, and no other number as a day', async () => {
    const cells =
      '<c r="A2" s="1"><v>45352</v></c><c r="B2" s="3"><v>45352.75</v></c><c r="C2" s="4"><v>45352</v></c>';
    expect(await cellsOf(cells)).to.deep.equal(['2024-03-01', '2024-03-01', '45352']);
    expect(await cellsOf('<c r="A2" s="1"><v>43890</v></c>', { date1904: true })).to.deep.equal([
      '2024-03-01',
    ]);
    expect(await cellsOf('<c r="A2" s="1"><v>59</v></c><c r="B2" s="1"><v>61</v></c>')).to.deep.equal([
      '1900-02-28',
      '1900-03-01',
    ]);
    expect(await cellsOf('<c r="A2" t="d"><v>2024-03-01T00:00:00</v></c>')).to.deep.equal(['2024-03-01']);
  });

  it('gives what a formula came to, and never the formula', async () => {
    const cells =
      '<c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>HYPERLINK("x")</f><v>Ada</v></c><c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D2" t="b"><v>1</v></c>';
    expect(await cellsOf(cells)).to.deep.equal(['2', 'Ada', '', '1']);
  });

  it('puts texts of several looks together, without their reading aid', async () => {
    const texts = [
      '<r><t>Ada </t></r><r><t>Marlow</t></r>',
      '<t>山田</t><rPh><t>ヤマダ</t></rPh>',
      '<t>R&amp;D</t>',
    ];
    const cells = '<c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c>';
    expect(await cellsOf(cells, { texts })).to.deep.equal(['Ada Marlow', '山田', 'R&D']);
  });

  it('keeps cells in their columns, and counts rows as they are shown', async () => {
    const rows = `${HEADER}<row r="2"/><row r="5">${textCell('B5', 'Ada')}${textCell('AA5', 'x')}</row><row r="9">${textCell('A9', ' ')}</row>`;
    const found = await rowsOf(workbookOf(rows));
    expect(found).to.have.length(1);
    expect(found[0]).to.deep.equal([5, '', 'Ada', ...Array<string>(24).fill(''), 'x']);
  });

  it('reads cells without names one after the other, and names with prefixes', async () => {
    const sheet = `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row>
      <x:c t="inlineStr"><x:is><x:t>Number</x:t></x:is></x:c></x:row><x:row><x:c><x:v>7</x:v></x:c><x:c><x:v>8</x:v></x:c></x:row></x:sheetData></x:worksheet>`;
    expect(await rowsOf(workbookOf('', { parts: { 'xl/worksheets/sheet2.xml': sheet } }))).to.deep.equal([
      [2, '7', '8'],
    ]);
  });

  it('takes off what guards a formula in a file of ours', async () => {
    expect(await cellsOf(textCell('A2', '&apos;=7'))).to.deep.equal(['=7']);
  });

  it('is refused where it is broken, leads elsewhere, or would expand', async () => {
    const refused = (parts: Record<string, string>) => rowsOf(workbookOf(HEADER, { parts }));
    expect(await refused({ 'xl/worksheets/sheet2.xml': '<worksheet><row>' })).to.equal('workbook');
    expect(await refused({ 'xl/workbook.xml': '<workbook/>' })).to.equal('workbook');
    expect(await refused({ 'xl/_rels/workbook.xml.rels': '<Relationships/>' })).to.equal('workbook');
    const elsewhere = '<Relationships><Relationship Id="rId2" Target="../../(a+)+$"/></Relationships>';
    expect(await refused({ 'xl/_rels/workbook.xml.rels': elsewhere })).to.equal('workbook');
    const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>';
    expect(await refused({ 'xl/worksheets/sheet2.xml': laughs })).to.equal('workbook');
    expect(await refused({})).to.equal('empty');
  });

  it('is refused with more columns or rows than a list may have, and stops a bomb while it is unpacked', async () => {
    expect(await cellsOf(`<c r="${'CW'}2"><v>1</v></c>`), String(MAX_COLUMNS)).to.equal('too-many-columns');
    const rows = Array.from({ length: MAX_ROWS + 2 }, () => '<row><c><v>1</v></c></row>').join('');
    expect(await rowsOf(workbookOf(rows))).to.equal('too-many-rows');
    expect(await rowsOf(await bombWorkbook())).to.equal('zip-too-large');
  });
});
