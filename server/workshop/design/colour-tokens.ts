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
