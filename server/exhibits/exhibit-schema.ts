import { z } from 'zod';
import { exhibitParts } from './exhibit-parts.js';
import { exhibitId, exhibitShape, type Exhibit, type ExhibitReference } from './exhibit-shape.js';

/** Every rule that an exhibit must keep. A broken one names its remedy (`params.fix`). */
export const exhibitSchema: z.ZodType<Exhibit> = exhibitShape.superRefine((exhibit, context) => {
  for (const { path, message, fix } of faultsIn(exhibit))
    context.addIssue({ code: 'custom', path, message, params: { fix } });
});

/** modules/<slug>/exhibits.yaml: exhibits that several lessons, items or cases show. */
export const exhibitsSchema = z.strictObject({
  exhibits: z.array(exhibitSchema).min(1).max(60),
});

/** Reads an exhibit or its name, so that a fault in an exhibit is named at its own line. */
export const exhibitReference: z.ZodType<ExhibitReference> = z.unknown().transform((value, context) => {
  const parsed = (typeof value === 'string' ? exhibitId : exhibitSchema).safeParse(value);
  if (parsed.success) return parsed.data;
  context.issues.push(...parsed.error.issues.map(issue => issue as z.core.$ZodRawIssue));
  return z.NEVER;
});

interface ExhibitFault {
  readonly path: (string | number)[];
  readonly message: string;
  readonly fix: string;
}

function faultsIn(exhibit: Exhibit): ExhibitFault[] {
  const ids = exhibitParts(exhibit).flatMap(({ id }) => id ?? []);
  const again = ids.find((id, at) => ids.indexOf(id) < at);
  if (again === undefined) return exhibit.kind === 'hundred' ? sumFaults(exhibit) : widthFaults(exhibit);
  return [
    { path: [], message: `Two parts of the exhibit have the id "${again}".`, fix: 'Give each its own.' },
  ];
}

/** A hundred dots are a hundred. */
function sumFaults({ shares }: Extract<Exhibit, { kind: 'hundred' }>): ExhibitFault[] {
  const sum = shares.reduce((all, { count }) => all + count, 0);
  if (sum === 100) return [];
  return [{ path: ['shares'], message: `The shares make ${sum} of 100.`, fix: 'Let them make 100.' }];
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
