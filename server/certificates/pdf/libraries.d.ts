// fontkit ships no types, and those of pdfkit lag behind the release that we use.

declare module 'fontkit' {
  export type Font = { hasGlyphForCodePoint(codePoint: number): boolean };
  export function openSync(path: string): Font;
}

declare namespace PDFKit.Mixins {
  interface PDFFont {
    registerFont(name: string, font: { hasGlyphForCodePoint(codePoint: number): boolean }): this;
  }
  interface PDFAttachmentOptions {
    relationship?: 'Data';
  }
}
