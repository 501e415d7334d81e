import { formatDate, type Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { certificateEnds, descriptionIn, ROLL_TIME } from '../saml/saml-description.js';
import type { DomainFacts } from '../domains/domains.js';
import { dnsRecordOf } from '../domains/name-system.js';
import type { ProviderFacts } from './providers.js';
import type { rulesOf } from './provider-rules.js';

/** The address of an organisation's page about signing in. */
export const signInHome = (organisationId: string): string => `/organisations/${organisationId}/sign-in`;

/** The address of a provider's page. */
export const providerHome = ({ organisationId, id }: Pick<ProviderFacts, 'organisationId' | 'id'>): string =>
  `${signInHome(organisationId)}/providers/${id}`;

/** A provider as a list names it. */
export const providerRow = (provider: ProviderFacts) => ({
  id: provider.id,
  name: provider.name,
  href: providerHome(provider),
  unit: provider.unit,
  state: provider.state,
  stateText: spoken(`identity.state.${provider.state}`),
});

/** What a domain counts as, and since when. */
function domainState({ provenAt, missedAt, lapsedAt }: DomainFacts, place: Place) {
  const since = (state: 'lapsed' | 'missed' | 'proven', at: number) => ({
    state,
    stateText: spoken(`identity.domain.${state}On`, { date: formatDate(at, place) }),
  });
  if (provenAt === null) return { state: 'open' as const, stateText: spoken('identity.domain.open') };
  if (lapsedAt !== null) return since('lapsed', lapsedAt);
  return missedAt === null ? since('proven', provenAt) : since('missed', missedAt);
}

/** A domain with what to do about it. */
export const domainRow = (domain: DomainFacts, place: Place) => ({
  id: domain.id,
  domain: domain.domain,
  record: dnsRecordOf(domain),
  ...domainState(domain, place),
  seen:
    domain.seenAt === null
      ? null
      : spoken('identity.domain.seenOn', { date: formatDate(domain.seenAt, place) }),
  action: `${signInHome(domain.organisationId)}/domains/${domain.id}`,
});

/** What a provider's page says of it. */
export const providerFacts = (provider: ProviderFacts, place: Place) => [
  { label: spoken('identity.protocol'), value: spoken(`identity.speaks.${provider.protocol}`) },
  { label: spoken('identity.issuer'), value: provider.issuer || spoken('identity.noMetadata') },
  ...(provider.protocol === 'saml'
    ? certificateFacts(provider, place)
    : [{ label: spoken('identity.clientId'), value: provider.clientId }]),
  { label: spoken('identity.unit'), value: provider.unit ?? spoken('people.noUnit') },
  {
    label: spoken('identity.newcomers'),
    value: spoken(provider.letsJoin ? 'identity.theyJoin' : 'identity.theyWait'),
  },
  { label: spoken('identity.read'), value: formatDate(provider.readAt, place) },
  {
    label: spoken('identity.tested'),
    value: provider.testedAt === null ? spoken('identity.neverTested') : formatDate(provider.testedAt, place),
  },
];

const endsOf = ({ metadata, protocol }: ProviderFacts): number[] => {
  const description = protocol === 'saml' ? descriptionIn(metadata) : null;
  return description ? certificateEnds(description) : [];
};

const certificateFacts = (provider: ProviderFacts, place: Place) =>
  endsOf(provider).map(end => ({
    label: spoken('identity.certificate.label'),
    value: spoken('identity.certificate.until', { date: formatDate(end, place) }),
  }));

/** Whether a provider can be tried, and whether its last certificate ends soon, or has ended. */
export function endingCertificate(provider: ProviderFacts, now: number) {
  const [last = Infinity] = endsOf(provider);
  const ending = last <= now ? ('ended' as const) : last - now < ROLL_TIME ? ('soon' as const) : null;
  return { canTest: provider.metadata !== '', ending };
}

/** A rule in words. */
export const ruleRow = (rule: Awaited<ReturnType<typeof rulesOf>>[number], home: string) => ({
  id: rule.id,
  claim: rule.claim,
  value: rule.value,
  means: [
    rule.unit && spoken('identity.rule.inUnit', { unit: rule.unit }),
    rule.job && spoken('identity.rule.asJob', { job: rule.job }),
    rule.role && spoken(`roles.role.${rule.role}`),
  ].filter((text): text is string => Boolean(text)),
  removal: `${home}/rules/${rule.id}/removal`,
});
