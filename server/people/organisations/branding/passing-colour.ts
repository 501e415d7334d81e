import { contrast } from '../../../platform/lib/contrast.js';

/** The least contrast of text with its page (WCAG 2.2, 1.4.3). */
const LEAST = 4.5;

/** The pages of both schemes (`--paper` in app.css), and what a colour is mixed with until it stands out from each. */
export const SCHEMES = {
  colour: { page: '#ffffff', towards: 0 },
  darkColour: { page: '#0f1e23', towards: 255 },
} as const;

export type BrandColour = keyof typeof SCHEMES;

/** The contrast of a colour (like #0b4a57) with the page of its scheme, and the nearest that passes; null: it passes. */
export function faultOf(scheme: BrandColour, colour: string): { ratio: number; nearest: string } | null {
  const { page, towards } = SCHEMES[scheme];
  const ratio = contrast(colour, page);
  if (ratio >= LEAST) return null;
  const mixed = Array.from({ length: 101 }, (_, percent) => mix(colour, towards, percent / 100));
  return { ratio, nearest: mixed.find(each => contrast(each, page) >= LEAST) ?? colour };
}

/** Each part of a colour, moved towards black (0) or white (255). */
const mix = (colour: string, towards: number, share: number): string =>
  '#' +
  [1, 3, 5]
    .map(at => parseInt(colour.slice(at, at + 2), 16))
    .map(part =>
      Math.round(part + (towards - part) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('');
