import { courseVersion } from '../../../teaching/courses/catalogue.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { addresses } from '../../../teaching/learning/cycle-addresses.js';
import type { CycleFacts } from '../../../teaching/learning/enrolments.js';
import { foldedName } from '../../../platform/lib/text/folding.js';
import { givenName } from '../../../people/organisations/people/given-names.js';
import type { DocumentThread } from '../documents/document-thread.js';

/** A name to be confirmed for a certificate, and what was typed for it. */
export interface ShownName {
  /** The name as the certificate would show it; null when there is none to show. */
  readonly name: string | null;
  readonly typed: string;
  /** Some characters of the typed text cannot be printed and were left out. */
  readonly leftOut?: boolean;
  readonly error?: string;
}

/**
 * What the certificate will say of the name that is shown: whether the employer's list has it. A name that differs is a choice, and the
 * page says what follows from it. Null where the employer gave no name, or none is shown.
 */
async function listedNote(cycle: CycleFacts, name: string | null): Promise<string | null> {
  const given = name === null ? null : await givenName(cycle);
  if (name === null || given === null) return null;
  const isSame = foldedName(given) === foldedName(name);
  return isSame ? spoken('naming.listed') : spoken('naming.otherThanListed', { name: given });
}

/** The page that shows the name as it will be printed, and asks for it to be confirmed. */
export async function nameValues(
  cycle: CycleFacts,
  { name, typed, leftOut, error }: ShownName,
  fonts: Pick<DocumentThread, 'isWhole'>,
) {
  const { id, courseVersionId } = cycle;
  const { snapshot } = await courseVersion(courseVersionId);
  const isDrawn = name === null || (await canPrint(name, fonts));
  return {
    shown: name,
    value: typed,
    course: snapshot.title,
    listed: await listedNote(cycle, name),
    notes: [...(leftOut ? [spoken('naming.leftOut')] : []), ...(isDrawn ? [] : [spoken('naming.notDrawn')])],
    errors: error ? { name: error } : {},
    action: addresses(id).name,
    backHref: addresses(id).course,
  };
}

/** Names of Latin letters can always be printed; of others the thread knows that has the fonts. */
const canPrint = async (name: string, fonts: Pick<DocumentThread, 'isWhole'>): Promise<boolean> =>
  /^[\p{ASCII}\u00c0-\u017f]*$/u.test(name) || fonts.isWhole(name);
