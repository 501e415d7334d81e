import type { PathCommand } from 'fontkit';

/** A closed area in one colour. Coordinates are in units of the badge; the y axis points downwards. */
export type Shape = { path: readonly PathCommand[]; fill: string };

/** The length of the handles with which a cubic curve draws a quarter of a circle of radius 1. */
const QUARTER = 0.5523;

export const rectangle = (x: number, y: number, width: number, height: number): PathCommand[] =>
  polygon([x, y], [x + width, y], [x + width, y + height], [x, y + height]);

export function polygon(first: Point, ...rest: Point[]): PathCommand[] {
  return [move(first), ...rest.map(line), CLOSE];
}

export function circle(x: number, y: number, radius: number): PathCommand[] {
  return [...arc(x, y, radius), ...arc(x, y, -radius).slice(1), CLOSE];
}

/** The upper half of a disc, with its flat side at `y`. */
export function halfDisc(x: number, y: number, radius: number): PathCommand[] {
  return [...arc(x, y, radius), CLOSE];
}

/** Straight sides from `base` up to `shoulder`, and half a circle above. */
export function arch(x: number, base: number, shoulder: number, radius: number): PathCommand[] {
  return [...arc(x, shoulder, radius), line([x + radius, base]), line([x - radius, base]), CLOSE];
}

type Point = readonly [x: number, y: number];

/** Half a circle from the left over the top to the right; with a negative radius, from the right along the bottom. */
function arc(x: number, y: number, radius: number): PathCommand[] {
  const handle = radius * QUARTER;
  return [
    move([x - radius, y]),
    curve([x - radius, y - handle], [x - handle, y - radius], [x, y - radius]),
    curve([x + handle, y - radius], [x + radius, y - handle], [x + radius, y]),
  ];
}

const CLOSE: PathCommand = { command: 'closePath', args: [] };
const move = (to: Point): PathCommand => ({ command: 'moveTo', args: to });
const line = (to: Point): PathCommand => ({ command: 'lineTo', args: to });
const curve = (...points: Point[]): PathCommand => ({ command: 'bezierCurveTo', args: points.flat() });
