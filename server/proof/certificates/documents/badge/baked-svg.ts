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

/** The drawing as an SVG, with the elements `inside` before its shapes. */
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
 * The drawing as an SVG with the signed text baked in (Open Badges 3.0, "Baking SVG"): the text of the element is the
 * credential, unchanged.
 */
export const bakedSvg = (shapes: readonly Shape[], credential: string, title: string): string =>
  svg(shapes, [
    `<title>${escaped(title)}</title>`,
    `<openbadges:credential>${inCdata(credential)}</openbadges:credential>`,
  ]);

const written = ({ command, args }: PathCommand): string =>
  LETTER[command] + args.map(value => Number(value.toFixed(2))).join(' ');

/** A name may contain the end mark of a CDATA section: the section is split there. */
const inCdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
