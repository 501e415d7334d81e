import { spoken } from '../../../platform/i18n/spoken.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import type { OpenMember } from '../../../people/organisations/people/open-member.js';
import { newestVersion, type StoredVersion } from '../rules/requirement-versions.js';
import { ruleSentence } from '../rules/rule-sentence.js';
import { ruleWordsOf } from '../rules/rule-words.js';
import { EXEMPTION_REASONS } from './exemption-reasons.js';
import { personRequirementsHome } from './person-requirements-page.js';

/** A form about one person and one requirement. */
interface Form<V> {
  readonly versions: readonly StoredVersion[];
  readonly action: string;
  readonly values: V;
  readonly errors: Record<string, string>;
}

const choicesOf = (name: string, values: readonly string[]) =>
  values.map(value => ({ value, label: spoken(`exemptions.${name}.${value}`) }));

/** The form of a waiver or an extension. */
export const exemptionPage = async <V>(open: OpenMember, form: Form<V>) => ({
  ...(await formPage(open, form)),
  kinds: choicesOf('kind', ['waiver', 'extension']),
  reasons: choicesOf('reason', EXEMPTION_REASONS),
});

/** The form of adding somebody by hand, or taking them out. */
export const markPage = async <V>(open: OpenMember, form: Form<V>) => ({
  ...(await formPage(open, form)),
  marks: choicesOf('markChoice', ['added', 'removed', 'none']),
});

async function formPage<V>(open: OpenMember, { versions, action, values, errors }: Form<V>) {
  const { organisation, actor, name, today } = open;
  const newest = newestVersion(versions) ?? versions.at(-1);
  const words = await ruleWordsOf(organisation.id, today);
  return {
    organisation: organisationHead(organisation, actor),
    back: personRequirementsHome(open),
    ...{ name, action, values, errors },
    title: newest?.title ?? '',
    sentence: newest ? ruleSentence(newest.rule, words) : '',
  };
}
