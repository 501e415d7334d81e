import { NotFound } from '../../../errors.js';
import { formatDate } from '../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { endOfDay } from '../../../platform/lib/days.js';
import { dayWords } from '../../../people/organisations/day-words.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import type { OpenMember } from '../../../people/organisations/people/open-member.js';
import { can } from '../../../policy.js';
import { decidedText, exemptionText } from '../../requirements/exemptions/exemption-texts.js';
import { requirementsOfPerson } from '../../requirements/exemptions/requirements-of-person.js';
import { loadEverSaid } from '../../requirements/reckoning/load-facts.js';
import type { RequirementFacts } from '../../requirements/requirement-facts.js';
import { openRequirement } from '../../requirements/rules/open-requirement.js';
import { ruleSentence } from '../../requirements/rules/rule-sentence.js';
import { ruleWordsOf } from '../../requirements/rules/rule-words.js';
import { asKnown, NOW } from '../../requirements/timeline/as-known.js';
import { intervalOn, timeline } from '../../requirements/timeline/timeline.js';
import { completionSources } from './completion-sources.js';
import { dueText, standingTag } from '../standing-signs.js';
import { knownFacts, missingIn, type FactWords, type KnownFact } from './why-facts.js';
import { standingByInputs, whyInputs, type WhyInputs } from './why-inputs.js';
import { whySteps } from './why-steps.js';
import { whoSaid } from './who-said.js';

/** What is asked: about which requirement, on which day, and as it was said at the end of which day (null: as it is now). */
export interface AskedWhy {
  readonly requirementId: unknown;
  readonly on: string | null;
  readonly known: string | null;
}

/** How somebody stands with a requirement on a day, and everything from which that follows. */
export async function whyPage(open: OpenMember, asked: AskedWhy) {
  const { organisation, actor, member, today } = open;
  const { requirementId, versions } = await openRequirement(open, asked.requirementId);
  const facts = await loadEverSaid(organisation, { requirementId, membershipId: member.id });
  if (!facts) throw new NotFound();
  const day = asked.on ?? today;
  const sources = await completionSources(member.id);
  const words = { ...(await ruleWordsOf(organisation.id, day)), sources };
  const then = asked.known === null ? null : endOfDay(asked.known, organisation.timeZone);
  const [shown, now] = [reckonOn(facts, day, then ?? NOW, words), reckonOn(facts, day, NOW, words)];
  const version = versions.find(({ id }) => id === shown.inputs?.version?.id) ?? null;
  const said = await whoSaid(member.id);
  const home = `/organisations/${organisation.id}/people/${member.id}/requirements`;
  return {
    organisation: organisationHead(organisation, actor),
    back: home,
    name: open.name,
    title: version?.title ?? versions.at(-1)?.title ?? '',
    when: whenSaid(asked, { day, today }),
    ...answerOf(shown.inputs),
    sentence: version && ruleSentence(version.rule, words),
    source: version?.rule.source ? version.rule.source : null,
    decided: version && decidedText(version, organisation.timeZone),
    steps: shown.inputs ? whySteps(shown.inputs).map(stepInWords) : [],
    facts: shown.known.map(fact => factRow(fact, said, organisation.timeZone)),
    exemption: await exemptionOf(open, requirementId, shown.inputs),
    difference: then === null ? null : differenceOf(shown, now, organisation.timeZone),
    change: shown.inputs ? changeText(shown.inputs) : null,
    form: { action: `${home}/${requirementId}/why`, on: day, known: asked.known },
  };
}

interface ReckonedDay {
  readonly inputs: WhyInputs | null;
  readonly known: readonly KnownFact[];
}

function reckonOn(facts: RequirementFacts, day: string, moment: number, words: FactWords): ReckonedDay {
  const known = asKnown(facts, moment);
  const inputs = whyInputs(known, intervalOn(timeline(known), day), day);
  return {
    inputs,
    known: knownFacts(known, { day, version: inputs?.version ?? known.versions.at(-1) ?? null }, words),
  };
}

function whenSaid({ known }: AskedWhy, { day, today }: { day: string; today: string }): string {
  const blanks = { day: dayWords(day) };
  if (known !== null) return spoken('reports.why.when.said', { ...blanks, known: dayWords(known) });
  return spoken(day > today ? 'reports.why.when.forecast' : 'reports.why.when.now', blanks);
}

function answerOf(inputs: WhyInputs | null) {
  const { standing, dueDay } = inputs
    ? standingByInputs(inputs)
    : { standing: 'not-required' as const, dueDay: null };
  return { tag: standingTag(standing), due: dueText(standing, dueDay) };
}

/** A step of the arithmetic in words. */
export const stepInWords = ({ key, days, count }: ReturnType<typeof whySteps>[number]): string =>
  spoken(`reports.why.step.${key}`, {
    ...Object.fromEntries(Object.entries(days).map(([name, day]) => [name, day === '' ? '' : dayWords(day)])),
    count,
  });

const factRow = (
  { kind, text, recordedAt }: KnownFact,
  said: ReadonlyMap<number, string>,
  timeZone: string,
) => ({
  label: spoken(`reports.why.fact.${kind}`),
  text,
  said: decidedText({ actorName: said.get(recordedAt) ?? null, recordedAt }, timeZone),
});

/** The waiver or extension that decides; its note for the organisation's administrators alone. */
async function exemptionOf(
  { organisation, actor, member }: OpenMember,
  requirementId: string,
  inputs: WhyInputs | null,
) {
  const id = inputs?.because.exemptionId ?? null;
  if (id === null) return null;
  const { exemptions } = await requirementsOfPerson(member.id, organisation.id);
  const found = exemptions.find(each => each.id === id && each.requirementId === requirementId);
  if (!found) return null;
  const seesNote = can(actor, 'organisation.administer', { organisationId: organisation.id });
  return {
    text: exemptionText(found),
    decided: decidedText(found, organisation.timeZone),
    note: seesNote ? found.note : null,
  };
}

/** What we know now and did not say then, and what we said then and do not any more. */
function differenceOf(then: ReckonedDay, now: ReckonedDay, timeZone: string) {
  const line = (kind: 'added' | 'gone') => (fact: KnownFact) => ({
    kind,
    text: spoken(`reports.why.difference.${kind}`, {
      what: `${spoken(`reports.why.fact.${fact.kind}`)}: ${fact.text}`,
      on: formatDate(fact.recordedAt, hereIn(timeZone)),
    }),
  });
  const lines = [
    ...missingIn(now.known, then.known).map(line('added')),
    ...missingIn(then.known, now.known).map(line('gone')),
  ];
  return {
    now: answerOf(now.inputs),
    lines,
    isSame: answerOf(now.inputs).tag.state === answerOf(then.inputs).tag.state && lines.length === 0,
  };
}

/** What would change the answer. */
function changeText(inputs: WhyInputs): string {
  return spoken(`reports.why.change.${standingByInputs(inputs).standing}`);
}
