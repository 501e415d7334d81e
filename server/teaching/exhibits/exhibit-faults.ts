import { PLACE_ROLES } from './drawing-shapes.js';
import { DIAGRAMS, PLATES } from './drawn.js';
import { exhibitParts } from './exhibit-parts.js';
import type { Exhibit } from './exhibit-shape.js';

interface ExhibitFault {
  readonly path: (string | number)[];
  readonly message: string;
  readonly fix: string;
}

type OfKind<Kind> = Extract<Exhibit, { kind: Kind }>;

/** What no single field of an exhibit can see. */
export function faultsIn(exhibit: Exhibit): ExhibitFault[] {
  const ids = exhibitParts(exhibit).flatMap(({ id }) => id ?? []);
  const again = ids.find((id, at) => ids.indexOf(id) < at);
  if (again === undefined) return kindFaults(exhibit);
  return [
    { path: [], message: `Two parts of the exhibit have the id "${again}".`, fix: 'Give each its own.' },
  ];
}

function kindFaults(exhibit: Exhibit): ExhibitFault[] {
  if (exhibit.kind === 'hundred') return sumFaults(exhibit);
  if (exhibit.kind === 'counter') return shapeFaults(exhibit);
  if (exhibit.kind === 'stations') return exhibit.journeys.flatMap(roleFaults);
  if (exhibit.kind === 'talks') return lineFaults(exhibit);
  if (exhibit.kind === 'diagram') return numberFaults(exhibit, DIAGRAMS[exhibit.drawing]);
  if (exhibit.kind === 'plate') return numberFaults(exhibit, PLATES[exhibit.drawing]);
  if (exhibit.kind === 'seat-plan') return [...widthFaults(exhibit), ...aisleFaults(exhibit)];
  return widthFaults(exhibit);
}

/** A hundred dots are a hundred. */
function sumFaults({ shares }: OfKind<'hundred'>): ExhibitFault[] {
  const sum = shares.reduce((all, { count }) => all + count, 0);
  if (sum === 100) return [];
  return [{ path: ['shares'], message: `The shares make ${sum} of 100.`, fix: 'Let them make 100.' }];
}

/** Objects are drawn beside each other: all of them or none, and no more than a phone shows. */
function shapeFaults({ objects }: OfKind<'counter'>): ExhibitFault[] {
  const drawn = objects.filter(({ shape }) => shape).length;
  if (drawn === 0 || (drawn === objects.length && drawn <= 6)) return [];
  const message = `${drawn} of ${objects.length} objects have a shape.`;
  return [{ path: ['objects'], message, fix: 'Give a shape to each of at most six objects, or to none.' }];
}

/** A story has one source and one destination, and comes from the one to the other. */
function roleFaults({ name, stations }: OfKind<'stations'>['journeys'][number], at: number): ExhibitFault[] {
  const roles = stations.flatMap(station => station.roles);
  const told = PLACE_ROLES.filter(role => role !== 'transit' || roles.includes(role));
  if (roles.join() === told.join()) return [];
  const message = `The journey "${name}" goes ${roles.join(', ')}.`;
  const fix = 'Name source, transit and destination once each, in this order; transit may be missing.';
  return [{ path: ['journeys', at, 'stations'], message, fix }];
}

/** One line decides: exactly one is different. */
function lineFaults({ lines }: OfKind<'talks'>): ExhibitFault[] {
  const changed = lines.filter(({ text, second }) => second !== undefined && second !== text).length;
  const written = lines.filter(({ second }) => second !== undefined).length;
  if (changed === 1 && written === 1) return [];
  const message = `${changed} lines are different in the second conversation.`;
  return [
    { path: ['lines'], message, fix: 'Write second: beside the one line that decides, and there alone.' },
  ];
}

/** A drawing numbers each part of the list. */
function numberFaults({ drawing, parts }: OfKind<'diagram' | 'plate'>, numbered: number): ExhibitFault[] {
  if (parts.length === numbered) return [];
  const message = `The drawing "${drawing}" has ${numbered} numbers, and the list ${parts.length} parts.`;
  return [{ path: ['parts'], message, fix: `Write ${numbered} parts.` }];
}

/** An aisle has a seat on either side. */
function aisleFaults({ columns, aisle }: OfKind<'seat-plan'>): ExhibitFault[] {
  if (aisle === undefined || columns.slice(0, -1).includes(aisle)) return [];
  const message = `The aisle comes after "${aisle}", between no two columns.`;
  return [{ path: ['aisle'], message, fix: `Name one of: ${columns.slice(0, -1).join(', ')}.` }];
}

/** A table has as many cells in each row as columns. */
function widthFaults(exhibit: Exhibit): ExhibitFault[] {
  if (!('columns' in exhibit)) return [];
  const wanted = exhibit.columns.length;
  return exhibit.rows.flatMap((row, r) => {
    const cells = 'seats' in row ? row.seats : row.cells;
    if (cells.length === wanted) return [];
    const message = `The row "${row.name}" has ${cells.length} cells under ${wanted} columns.`;
    const fix = 'Write a cell for each column: null for an empty seat, "" for an empty cell.';
    return [{ path: ['rows', r], message, fix }];
  });
}
