import type { PathCommand } from 'fontkit';
import { SIDE } from './drawing.js';
import type { Shape } from './badge-shapes.js';

/** Steps into which a curve is cut: at this size no corner can be seen. */
const STEPS = 12;

/** The drawing as pixels, SIDE × SIDE, three bytes each (red, green, blue). */
export function pixelsOf(shapes: readonly Shape[]): Uint8Array {
  const pixels = new Uint8Array(SIDE * SIDE * 3);
  for (const shape of shapes) paint(pixels, shape);
  return pixels;
}

function paint(pixels: Uint8Array, { path, fill }: Shape): void {
  const colour = [1, 3, 5].map(at => parseInt(fill.slice(at, at + 2), 16));
  const { top, rows, areas } = signedAreas([...edges(path)]);
  let covered = 0;
  for (let at = 0; at < rows * SIDE; at++) {
    covered += areas[at] ?? 0;
    const part = Math.min(Math.abs(covered), 1);
    if (part < 0.002) continue;
    for (let channel = 0; channel < 3; channel++) {
      const place = (top * SIDE + at) * 3 + channel;
      const below = pixels[place] ?? 0;
      pixels[place] = Math.round(below + ((colour[channel] ?? 0) - below) * part);
    }
  }
}

/**
 * For each pixel of the rows that a shape touches, how much more of it and of all to its right lies inside
 * than of the one before: added up along a row this is the part of each pixel that is covered, exactly, with
 * no sampling. (The method of font-rs and stb_truetype.)
 */
function signedAreas(lines: readonly Edge[]): { top: number; rows: number; areas: Float64Array } {
  const heights = lines.flatMap(([from, to]) => [from[1], to[1]]);
  const top = Math.floor(Math.min(...heights));
  const rows = lines.length === 0 ? 0 : Math.ceil(Math.max(...heights)) - top;
  const areas = new Float64Array(rows * SIDE + 2);
  for (const [from, to] of lines) addEdge(areas, [from[0], from[1] - top], [to[0], to[1] - top]);
  return { top, rows, areas };
}

type Point = readonly [x: number, y: number];
type Edge = readonly [from: Point, to: Point];

function addEdge(areas: Float64Array, from: Point, to: Point): void {
  const direction = from[1] < to[1] ? 1 : -1;
  const [[x0, y0], [x1, y1]] = direction === 1 ? [from, to] : [to, from];
  const slope = (x1 - x0) / (y1 - y0);
  for (let row = Math.floor(y0); row < y1; row++) {
    const [top, bottom] = [Math.max(row, y0), Math.min(row + 1, y1)];
    const [start, end] = [x0 + (top - y0) * slope, x0 + (bottom - y0) * slope];
    addSpan(areas, row * SIDE, Math.min(start, end), Math.max(start, end), (bottom - top) * direction);
  }
}

/** One row's part of an edge that runs from `left` to `right`, `height` (signed) tall. */
function addSpan(areas: Float64Array, row: number, left: number, right: number, height: number): void {
  const width = right - left;
  let before = 0;
  for (let column = Math.floor(left); column <= Math.floor(right); column++) {
    const [a, b] = [Math.max(column, left), Math.min(column + 1, right)];
    const share = width === 0 ? height : (height * (b - a)) / width;
    const inside = share * (column + 1 - (a + b) / 2);
    areas[row + column] = (areas[row + column] ?? 0) + before + inside;
    before = share - inside;
  }
  areas[row + Math.floor(right) + 1] = (areas[row + Math.floor(right) + 1] ?? 0) + before;
}

function* edges(path: readonly PathCommand[]): Generator<Edge> {
  let start: Point = [0, 0];
  let at: Point = [0, 0];
  for (const { command, args } of path) {
    const points = command === 'closePath' ? [start] : flattened(at, args);
    if (command === 'moveTo') start = at = points.at(-1) ?? at;
    else
      for (const point of points) {
        if (point[1] !== at[1]) yield [at, point];
        at = point;
      }
  }
}

/** Two numbers are a point; four and six are a curve with one and two handles, given as points along it. */
function flattened(from: Point, args: readonly number[]): Point[] {
  const points: Point[] = [from];
  for (let at = 0; at < args.length; at += 2) points.push([args[at] ?? 0, args[at + 1] ?? 0]);
  if (points.length === 2) return points.slice(1);
  return Array.from({ length: STEPS }, (_, step) => between(points, (step + 1) / STEPS));
}

/** De Casteljau: the point at `t` of the curve over these points. */
function between(points: readonly Point[], t: number): Point {
  const [first, ...rest] = points;
  if (!first || rest.length === 0) return first ?? [0, 0];
  const next = rest.map(([x, y], at): Point => {
    const [px, py] = points[at] ?? first;
    return [px + (x - px) * t, py + (y - py) * t];
  });
  return between(next, t);
}
