import { spoken } from '../../../platform/i18n/spoken.js';
import type { CertificateFacts } from '../queries.js';
import { REVOCATION_REASONS, SUSPENSION_REASONS } from './revoke.js';
import type { StateChange } from './state-changes.js';

const REASONS: Partial<Record<StateChange, readonly string[]>> = {
  suspension: SUSPENSION_REASONS,
  revocation: REVOCATION_REASONS,
};

/** What revoking a certificate does, told before it is done. */
const EFFECTS = ['strangers', 'holder', 'files', 'good'] as const;

/** What was typed into the form of a change, and what has to be corrected. */
export interface StepForm {
  readonly values: Record<string, string>;
  readonly errors: Record<string, string>;
}

/** The page that asks before a certificate changes. `href`: the page of the certificate. */
export const stepValues = (
  kind: StateChange,
  { id, facts }: CertificateFacts,
  { values, errors, href }: StepForm & { href: string },
) => ({
  kind,
  back: { href, text: spoken('rulings.back') },
  holder: facts.name,
  course: facts.course.title,
  effects: kind === 'revocation' ? EFFECTS.map(effect => spoken(`rulings.revocation.effects.${effect}`)) : [],
  action: `/certificates/${id}/${kind}`,
  reasons: (REASONS[kind] ?? []).map(value => ({ value, label: spoken(`reason.${value}`) })),
  values,
  errors,
});
