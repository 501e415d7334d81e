import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** One character of the page, and where it is drawn: in points from the lower left corner. */
export interface Letter {
  readonly char: string;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** The first page of a PDF and its attachments, as PDFium reads them: the reader in Chrome, Edge and Android. */
export interface ReadPaper {
  readonly text: string;
  readonly letters: readonly Letter[];
  /** Width and height in points. */
  readonly size: readonly [number, number];
  readonly attachments: readonly Uint8Array[];
}

/** Functions of PDFium that the package compiles and does not declare. Pages, documents and files are addresses. */
interface Functions {
  _FPDF_LoadMemDocument(at: number, size: number, password: number): number;
  _FPDF_CloseDocument(document: number): void;
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDF_ClosePage(page: number): void;
  _FPDF_GetPageWidth(page: number): number;
  _FPDF_GetPageHeight(page: number): number;
  _FPDFText_LoadPage(page: number): number;
  _FPDFText_ClosePage(text: number): void;
  _FPDFText_CountChars(text: number): number;
  _FPDFText_GetUnicode(text: number, index: number): number;
  /** Writes four numbers of eight bytes each. */
  _FPDFText_GetCharBox(
    text: number,
    index: number,
    left: number,
    right: number,
    bottom: number,
    top: number,
  ): number;
  _FPDFDoc_GetAttachmentCount(document: number): number;
  _FPDFDoc_GetAttachment(document: number, index: number): number;
  _FPDFAttachment_GetFile(attachment: number, at: number, size: number, written: number): number;
  readonly wasmExports: { malloc(size: number): number; free(at: number): void };
  /** The memory: another object once it has grown. */
  readonly HEAPU8: Uint8Array;
  readonly HEAPU32: Uint32Array;
  readonly HEAPF64: Float64Array;
}

let loaded: Promise<PDFiumLibrary> | null = null;
const library = (): Promise<PDFiumLibrary> => (loaded ??= PDFiumLibrary.init());

/** Read the text of the first page and the attached files. */
export async function readPaper(pdf: Uint8Array): Promise<ReadPaper> {
  const { module } = (await library()) as unknown as { readonly module: Functions };
  const at = module.wasmExports.malloc(pdf.length);
  module.HEAPU8.set(pdf, at);
  const document = module._FPDF_LoadMemDocument(at, pdf.length, 0);
  if (!document) throw new Error('PDFium cannot read this file.');
  const page = module._FPDF_LoadPage(document, 0);
  try {
    const letters = lettersOf(module, page);
    return {
      letters,
      text: letters.map(({ char }) => char).join(''),
      size: [module._FPDF_GetPageWidth(page), module._FPDF_GetPageHeight(page)],
      attachments: attachmentsOf(module, document),
    };
  } finally {
    module._FPDF_ClosePage(page);
    module._FPDF_CloseDocument(document);
    module.wasmExports.free(at);
  }
}

function lettersOf(module: Functions, page: number): Letter[] {
  const text = module._FPDFText_LoadPage(page);
  const box = module.wasmExports.malloc(4 * 8);
  const letters = Array.from({ length: module._FPDFText_CountChars(text) }, (_, index): Letter => {
    module._FPDFText_GetCharBox(text, index, box, box + 8, box + 16, box + 24);
    const [left = 0, right = 0, bottom = 0, top = 0] = module.HEAPF64.slice(box / 8, box / 8 + 4);
    return {
      char: String.fromCodePoint(module._FPDFText_GetUnicode(text, index)),
      left,
      right,
      bottom,
      top,
    };
  });
  module.wasmExports.free(box);
  module._FPDFText_ClosePage(text);
  return letters;
}

const attachmentsOf = (module: Functions, document: number): Uint8Array[] =>
  Array.from({ length: module._FPDFDoc_GetAttachmentCount(document) }, (_, index) =>
    fileOf(module, module._FPDFDoc_GetAttachment(document, index)),
  );

/** The first call tells the size. */
function fileOf(module: Functions, attachment: number): Uint8Array {
  const written = module.wasmExports.malloc(4);
  module._FPDFAttachment_GetFile(attachment, 0, 0, written);
  const size = module.HEAPU32[written / 4] ?? 0;
  const at = module.wasmExports.malloc(size);
  module._FPDFAttachment_GetFile(attachment, at, size, written);
  const bytes = module.HEAPU8.slice(at, at + size);
  module.wasmExports.free(at);
  module.wasmExports.free(written);
  return bytes;
}

/**
 * A name from right to left, its letters in the order in which the eye meets them, without spaces. PDFium's own text has spaces
 * inside an Arabic word where two letters overlap, and puts the parts in another order.
 */
export const fromTheRight = ({ letters }: ReadPaper): string =>
  letters
    .filter(({ char }) => /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(char))
    .sort((one, other) => other.left - one.left)
    .map(({ char }) => char)
    .join('');

/** A picture of the first page: four bytes a pixel. */
export async function pictureOf(
  pdf: Uint8Array,
  dotsPerInch: number,
): Promise<{ width: number; height: number; data: Uint8Array }> {
  const document = await (await library()).loadDocument(pdf);
  try {
    return await document.getPage(0).render({ scale: dotsPerInch / 72, render: 'bitmap' });
  } finally {
    document.destroy();
  }
}

/** What the QR code on the paper says to a phone; null where no code can be read. */
export async function codeOn(pdf: Uint8Array): Promise<string | null> {
  await scanner();
  const { width, height, data } = await pictureOf(pdf, 150);
  const picture = { width, height, data: new Uint8ClampedArray(data), colorSpace: 'srgb' as const };
  const [code] = await readBarcodes(picture, { formats: ['QRCode'] });
  return code?.text ?? null;
}

let prepared: Promise<unknown> | null = null;

/** Load ZXing's program from its package: by itself it would fetch it from the internet. */
const scanner = (): Promise<unknown> =>
  (prepared ??= prepareZXingModule({
    overrides: {
      wasmBinary: new Uint8Array(
        readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')),
      ).buffer,
    },
    fireImmediately: true,
  }));
