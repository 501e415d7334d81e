import type { PathCommand } from 'fontkit';
import { SIDE } from './drawing.js';
import type { Shape } from './badge-shapes.js';

const LETTER = {
  moveTo: 'M',
  lineTo: 'L',
  quadraticCurveTo: 'Q',
  bezierCurveTo: 'C',
  closePath: 'Z',
} as const;

/** The drawing as SVG; `inside` stands before its shapes. */
export function svg(shapes: readonly Shape[], inside: readonly string[] = []): string {
  const paths = shapes.map(({ path, fill }) => `<path fill="${fill}" d="${path.map(written).join('')}"/>`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" viewBox="0 0 ${SIDE} ${SIDE}" width="${SIDE}" height="${SIDE}" role="img">`,
    ...inside,
    ...paths,
    '</svg>\n',
  ].join('\n');
}

/**
 * The drawing as SVG with the signed text baked in, as Open Badges 3.0 says ("Baking SVG"): its element's
 * text is the credential, unchanged.
 */
export const bakedSvg = (shapes: readonly Shape[], credential: string, title: string): string =>
  svg(shapes, [
    `<title>${escaped(title)}</title>`,
    `<openbadges:credential>${inCdata(credential)}</openbadges:credential>`,
  ]);

const written = ({ command, args }: PathCommand): string =>
  LETTER[command] + args.map(value => Number(value.toFixed(2))).join(' ');

/** The end mark of a CDATA section may occur in a name: there the section is cut in two. */
const inCdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
