import { bombOf, zipOf } from './zips.js';

const NS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Styles by their numbers: 0 general, 1 a day (built in), 2 six digits with their zeros, 3 a day of the workbook's own, 4 money. */
const STYLES = `<styleSheet xmlns="${NS}"><numFmts count="3">
  <numFmt numFmtId="164" formatCode="000000"/><numFmt numFmtId="165" formatCode="[$-407]d\\.\\ mmmm\\ yyyy;@"/>
  <numFmt numFmtId="166" formatCode="#,##0.00\\ &quot;day rate&quot;"/></numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>`;

/**
 * A workbook as Excel writes one: `rows` are the XML of the first sheet's rows, `texts` what their cells name by number. Its first sheet is not
 * the first file. `parts` adds parts or takes their place.
 */
export const workbookOf = (rows: string, more: More = {}): Buffer => zipOf(partsOf(rows, more));

/** A workbook whose first sheet is too large to be unpacked. */
export const bombWorkbook = (): Promise<Buffer> => bombOf(FIRST_SHEET, partsOf(''));

const FIRST_SHEET = 'xl/worksheets/sheet2.xml';

interface More {
  readonly texts?: string[];
  readonly date1904?: boolean;
  readonly parts?: Readonly<Record<string, string>>;
}

const partsOf = (rows: string, { texts = [], date1904 = false, parts = {} }: More = {}) => ({
  '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
  'xl/workbook.xml': `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><workbook xmlns="${NS}" xmlns:r="${RELATIONS}">
      <workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets><sheet name="Crew &amp; ground" sheetId="7" r:id="rId2"/>
      <sheet name="Old" sheetId="2" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>
      <Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>`,
  'xl/styles.xml': STYLES,
  'xl/sharedStrings.xml': `<sst xmlns="${NS}">${texts.map(text => `<si>${text}</si>`).join('')}</sst>`,
  'xl/worksheets/sheet1.xml': `<worksheet xmlns="${NS}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Wrong</t></is></c></row></sheetData></worksheet>`,
  [FIRST_SHEET]: `<worksheet xmlns="${NS}"><sheetData>${rows}</sheetData></worksheet>`,
  ...parts,
});

/** A cell with a text of its own. */
export const textCell = (reference: string, text: string): string =>
  `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`;
