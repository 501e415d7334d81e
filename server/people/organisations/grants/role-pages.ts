import { shownAddress } from '../../accounts/no-address.js';
import { can, type Actor } from '../../../policy.js';
import { spoken, spokenLocale } from '../../../platform/i18n/spoken.js';
import { organisationHead } from '../organisation-tabs.js';
import { ROLES, type typedAppointment } from './role-forms.js';
import { rolesIn, type RoleFacts } from './role-queries.js';
import { unitChoice } from '../units/unit-choice.js';
import { unitOption, unitPaths } from '../units/unit-options.js';
import { periodText, roleText } from './role-texts.js';
import { pageOfList } from '../../../platform/lib/lists/page-of-list.js';

/** Roles on one page of the list. */
const PAGE = 100;

/** An organisation as its pages show it, and who looks at them. */
interface Look {
  readonly organisation: { readonly id: string; readonly name: string };
  readonly actor: Actor;
  readonly today: string;
}

export const rolesHome = (organisationId: string): string => `/organisations/${organisationId}/roles`;

/** Who may do what in an organisation, from the one after `after` on. */
export async function rolesPage({ organisation, actor, today }: Look, after: string) {
  const { shown, last } = await pageOfList(PAGE, limit => rolesIn(organisation.id, { today, after, limit }));
  const more = new URLSearchParams({ after: last ? `${last.name} ${last.id}` : '' });
  return {
    organisation: organisationHead(organisation, actor),
    roles: shown.map(role => ({
      heading: role.name,
      detail: shownAddress(role.email),
      ...listedRole(role, actor),
    })),
    appointment: `${rolesHome(organisation.id)}/appointment`,
    next: last ? `${rolesHome(organisation.id)}?${more.toString()}` : null,
  };
}

/** A role in texts, with who holds it and where. */
export const roleValues = (role: RoleFacts) => ({
  name: role.name,
  email: shownAddress(role.email),
  organisation: role.organisation,
  role: roleText(role, { t: spoken }),
  period: periodText(role, { t: spoken, locale: spokenLocale() }),
});

/** One's own roles, by organisation. */
export const ownRoles = (roles: readonly RoleFacts[], actor: Actor) => ({
  roles: roles.map(role => ({ heading: role.organisation, detail: '', ...listedRole(role, actor) })),
});

/** A role with the addresses of what the actor may do about it. */
function listedRole(role: RoleFacts, actor: Actor) {
  const home = `${rolesHome(role.organisationId)}/${role.id}`;
  const { role: text, period } = roleValues(role);
  return {
    role: text,
    period,
    endHref: can(actor, 'grant.end', role) ? `${home}/end` : null,
    handoverHref: can(actor, 'organisation.administer', role) ? `${home}/handover` : null,
  };
}

/** The form in which somebody is appointed, with what was typed. */
export async function appointmentPage(
  { organisation, actor }: Look,
  query: string,
  form: { values: ReturnType<typeof typedAppointment>; errors: Record<string, string> },
) {
  const units = await unitPaths(organisation.id);
  return {
    organisation: organisationHead(organisation, actor),
    roles: ROLES.map(value => ({
      value,
      text: spoken('roles.choice', {
        role: spoken(`roles.role.${value}`),
        may: spoken(`roles.may.${value}`),
      }),
    })),
    units: unitChoice(units.map(unitOption), { chosen: form.values.unit, query }),
    back: rolesHome(organisation.id),
    ...form,
  };
}
