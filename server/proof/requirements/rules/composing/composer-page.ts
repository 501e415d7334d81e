import { currentCourses } from '../../../../teaching/courses/catalogue.js';
import { spoken, spokenLocale } from '../../../../platform/i18n/spoken.js';
import { organisationHead } from '../../../../people/organisations/organisation-tabs.js';
import { unitSpans } from '../../../../people/organisations/units/stored-units.js';
import { unitChoice } from '../../../../people/organisations/units/unit-choice.js';
import { unitOptions } from '../../../../people/organisations/units/unit-options.js';
import { unitsInOrder } from '../../../../people/organisations/units/unit-order.js';
import { requirementsHome, type OpenRequirements } from '../open-requirement.js';
import type { TypedRule } from './typed-rule.js';

/** How many more units than are chosen the form offers room for. */
const MORE_UNITS = 2;

/** The form in which a requirement is composed: it reads as the sentence that comes of it. */
export async function composerPage(
  open: OpenRequirements,
  {
    requirementId,
    title,
    values,
    errors,
    unitQuery,
  }: {
    requirementId: string | null;
    title: string | null;
    values: TypedRule;
    errors: Record<string, string>;
    unitQuery: string;
  },
) {
  const { organisation, actor, today } = open;
  const tree = unitsInOrder(await unitSpans(organisation.id), today, spokenLocale());
  const options = await unitOptions(organisation.id, tree);
  const courses = (await currentCourses()).map(({ slug, snapshot }) => ({
    value: slug,
    label: snapshot.title,
  }));
  const home = requirementsHome(organisation.id);
  const here = requirementId === null ? home : `${home}/${requirementId}`;
  return {
    organisation: organisationHead(organisation, actor),
    back: here,
    action: requirementId === null ? `${home}/new` : `${here}/change`,
    title,
    units: unitChoice(options, { chosen: values.units, query: unitQuery }),
    unitFields: [...values.units, ...Array.from({ length: MORE_UNITS }, () => '')],
    courses,
    choices: {
      due: choicesOf('due', ['hired', 'joined', 'on']),
      renewal: choicesOf('renewal', ['as-certificate', 'own', 'once']),
      leave: choicesOf('leaveChoice', ['stays', 'after-return']),
      mode: choicesOf('mode', ['follow', 'add-only', 'remove-only', 'paused']),
    },
    values,
    errors,
  };
}

const choicesOf = (name: string, values: readonly string[]) =>
  values.map(value => ({ value, label: spoken(`requirements.${name}.${value}`) }));
