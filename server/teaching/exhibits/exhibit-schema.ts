import { z } from 'zod';
import { faultsIn } from './exhibit-faults.js';
import { exhibitId } from './exhibit-fields.js';
import { exhibitShape, type Exhibit, type ExhibitReference } from './exhibit-shape.js';

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
