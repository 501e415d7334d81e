// The types of pdfkit lag behind the release that we use.

import type { Font } from 'fontkit';
import type { EmbeddedFont } from './encoding.js';

declare global {
  namespace PDFKit.Mixins {
    interface PDFFont {
      /** The font in use. */
      readonly _font: EmbeddedFont;
      registerFont(name: string, font: Font): this;
    }
    interface PDFAttachmentOptions {
      relationship?: 'Data';
    }
  }
}
