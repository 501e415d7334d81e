// fontkit ships no types.

declare module 'fontkit' {
  export type Font = {
    readonly unitsPerEm: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
    getGlyph(id: number, codePoints?: readonly number[]): Glyph;
    layout(text: string, features: readonly string[]): GlyphRun;
  };
  export type GlyphRun = {
    readonly advanceWidth: number;
    readonly direction: 'ltr' | 'rtl';
    readonly glyphs: readonly Glyph[];
    readonly positions: readonly {
      readonly xAdvance: number;
      readonly xOffset: number;
      readonly yOffset: number;
    }[];
  };
  export type Glyph = {
    readonly id: number;
    readonly codePoints: readonly number[];
    readonly advanceWidth: number;
    readonly path: { readonly commands: readonly PathCommand[] };
  };
  export type PathCommand = {
    readonly command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath';
    readonly args: readonly number[];
  };
  export function create(bytes: Buffer): Font;
}

// The types of bidi-js describe its ESM build, but Node loads the other one, whose only export is the factory.
declare module 'bidi-js' {
  type Levels = { levels: Uint8Array; paragraphs: { level: number }[] };
  export default function bidiFactory(): {
    getEmbeddingLevels(text: string, direction?: 'ltr' | 'rtl'): Levels;
    getMirroredCharactersMap(text: string, levels: Uint8Array): Map<number, string>;
  };
}
