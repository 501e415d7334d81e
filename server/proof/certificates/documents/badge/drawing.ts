import { COLOURS, SHRINK, TINTS } from '../colours.js';
import { printable } from '../fonts/printable.js';
import type { SignedFacts } from '../../../open-badges/signed-facts.js';
import { centred } from './lettering.js';
import { arch, circle, halfDisc, polygon, rectangle, type Shape } from './badge-shapes.js';

/** A badge is a square of this many units. */
export const SIDE = 640;

const MIDDLE = SIDE / 2;
const HORIZON = 388;

/** The outermost arch: half its width and its straight sides; `drop` is how far the innermost is above the horizon. */
const ARCH = { radius: 150, leg: 148, drop: 112 } as const;

/**
 * The drawing of a badge: the passage above the horizon, the words below. It shows the holder's name only on request,
 * since badges are often published.
 */
export function drawBadge(signed: SignedFacts, { named }: { named: boolean }): Shape[] {
  return [
    { path: rectangle(0, 0, SIDE, SIDE), fill: COLOURS.paper },
    ...passage(),
    ...horizon(),
    ...words(signed, named),
  ];
}

function passage(): Shape[] {
  const rings = TINTS.map((fill, ring) => {
    const scale = SHRINK ** ring;
    const base = baseOf(scale);
    return { fill, path: arch(MIDDLE, base, base - ARCH.leg * scale, ARCH.radius * scale) };
  });
  const smallest = SHRINK ** (TINTS.length - 1);
  const [sun, base] = [0.6 * ARCH.radius * smallest, baseOf(smallest)];
  const floor = sun / smallest;
  const ground = polygon(
    [MIDDLE - sun, base],
    [MIDDLE + sun, base],
    [MIDDLE + floor, HORIZON],
    [MIDDLE - floor, HORIZON],
  );
  return [
    ...rings,
    { fill: TINTS[4], path: ground },
    { fill: COLOURS.dawn, path: halfDisc(MIDDLE, base, sun) },
  ];
}

const baseOf = (scale: number): number => HORIZON - ARCH.drop * (1 - scale);

function horizon(): Shape[] {
  const mark = (x: number, radius: number, fill: string) => [
    { fill: COLOURS.brand, path: circle(x, HORIZON, radius + 3) },
    { fill, path: circle(x, HORIZON, radius) },
  ];
  return [
    { fill: COLOURS.brand, path: rectangle(0, HORIZON - 2, SIDE, 4) },
    ...mark(72, 7, COLOURS.paper),
    ...mark(MIDDLE, 9, COLOURS.dawn),
    ...mark(SIDE - 72, 7, COLOURS.paper),
  ];
}

function words({ name, course, issuer, awardedAt }: SignedFacts, named: boolean): Shape[] {
  const title = centred(course.title, { ...LARGE, y: 462, steps: TITLES });
  // The name has its own line: inside an English sentence, a right-to-left name would reverse the order of the words.
  const holder = named ? centred(printable(name), { ...SMALL, y: title.last + 40, steps: NAMES }) : null;
  const done = centred(doneInWords(course.subject, named), {
    ...SMALL,
    y: holder ? holder.last + 30 : title.last + 42,
    steps: course.subject ? NARROW : [{ size: 24, lines: 1 }, ...NARROW],
  });
  const who = `${issuer.name} · ${monthInWords(awardedAt)}`;
  const last = centred(who, { ...SMALL, y: done.last + 36, steps: NARROW });
  return [...title.shapes, ...(holder?.shapes ?? []), ...done.shapes, ...last.shapes];
}

function doneInWords(subject: string | null, named: boolean): string {
  if (named) return `has completed awareness training${subject ? ` in ${subject}` : ''}`;
  return `Awareness training completed${subject ? `: ${subject}` : ''}`;
}

const LARGE = { x: MIDDLE, width: 540, weight: 'bold', leading: 1.15, fill: COLOURS.ink } as const;
const SMALL = { x: MIDDLE, width: 520, weight: 'regular', leading: 1.3, fill: COLOURS.soft } as const;

const TITLES = [
  { size: 44, lines: 1 },
  { size: 34, lines: 2 },
  { size: 26, lines: 9 },
] as const;

const NAMES = [
  { size: 24, lines: 1 },
  { size: 20, lines: 1 },
  { size: 15, lines: 2 },
  { size: 11, lines: 9 },
] as const;

const NARROW = [
  { size: 20, lines: 2 },
  { size: 15, lines: 9 },
] as const;

/** The month alone, as on the verify page: a day could identify the holder among those trained together. */
const monthInWords = (epochMs: number): string => MONTH.format(epochMs);

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
