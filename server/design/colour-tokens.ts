/** A colour of `app.css` in each scheme. */
export interface Colour {
  readonly name: string;
  readonly light: string;
  readonly dark: string;
}

export type Scheme = 'light' | 'dark';

const HEX = /--([\w-]+): (#[0-9a-f]{3,6});/g;

const colours = (css: string): Map<string, string> =>
  new Map([...css.matchAll(HEX)].map(([, name = '', hex = '']) => [name, hex]));

/** The colours of the style sheet, in its order. A colour that the dark scheme does not change is the same in both. */
export function coloursOf(css: string): Colour[] {
  const [light = '', rest = ''] = css.split('@media (prefers-color-scheme: dark)');
  const dark = colours(rest.slice(0, rest.indexOf('\n}\n')));
  return [...colours(light)].map(([name, hex]) => ({ name, light: hex, dark: dark.get(name) ?? hex }));
}

/** A style sheet that shows one scheme, whatever the device prefers. */
export function schemeStyles(css: string, scheme: Scheme): string {
  const set = coloursOf(css).map(colour => `--${colour.name}: ${colour[scheme]};`);
  return `:root { color-scheme: ${scheme}; ${set.join(' ')} }\n`;
}

/** The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const digits = hex.length === 4 ? [...hex.slice(1)].map(digit => digit + digit).join('') : hex.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map(at => {
    const part = parseInt(digits.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
