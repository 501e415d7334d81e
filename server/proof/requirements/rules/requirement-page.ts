import { waitUntil, type Wait } from '../../../platform/i18n/waits.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { daysInWords, dayWords } from '../../../people/organisations/day-words.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import { listedName } from '../../../people/organisations/people/member-words.js';
import { can } from '../../../policy.js';
import { completionTexts } from '../completion-rate.js';
import { exemptPeople, markedPeople } from '../exemptions/exempt-people.js';
import { decidedText, exemptionText } from '../exemptions/exemption-texts.js';
import type { Rule } from '../requirement-rule.js';
import { requirementsHome, type OpenRequirements } from './open-requirement.js';
import { newestVersion, undoableUntil, type StoredVersion } from './requirement-versions.js';
import { shownVersion, requirementState } from './requirements-page.js';
import { ruleDetails } from './rule-details.js';
import { ruleSentence, type RuleWords } from './rule-sentence.js';
import { ruleWordsOf } from './rule-words.js';
import { tallies } from './standing-counts.js';

/** A requirement: what it says, who decided so and when, who is exempt, and who was added or taken out by hand. */
export async function requirementPage(
  open: OpenRequirements,
  { requirementId, versions }: { requirementId: string; versions: readonly StoredVersion[] },
) {
  const { organisation, actor, today, mayChange } = open;
  const words = await ruleWordsOf(organisation.id, today);
  const shown = shownVersion(versions, today);
  const home = `${requirementsHome(organisation.id)}/${requirementId}`;
  const state = shown ? requirementState(shown, today) : 'ended';
  return {
    organisation: organisationHead(organisation, actor),
    back: requirementsHome(organisation.id),
    title: shown?.title ?? versions[0]?.title ?? '',
    sentence: shown ? ruleSentence(shown.rule, words) : spoken('requirements.undoneText'),
    state,
    begins:
      shown && state === 'planned' ? spoken('requirements.beginsOn', { day: dayWords(shown.fromDay) }) : null,
    details: shown?.rule.inForce ? ruleDetails(shown.rule, words) : [],
    completion: shown?.rule.inForce ? await completion(open, requirementId, shown) : null,
    steps: mayChange ? stepsOf(newestVersion(versions), home) : null,
    undo: mayChange ? undoOf(versions, open, home) : null,
    versions: versions
      .map((version, at) => versionRow(version, { before: versions[at - 1] ?? null, versions, open, words }))
      .reverse(),
    exempt: await exemptRows(open, requirementId),
    marked: await markedRows(open, requirementId),
  };
}

async function completion(
  { organisation, actor }: OpenRequirements,
  requirementId: string,
  { rule }: StoredVersion,
) {
  if (!can(actor, 'organisation.manage', { organisationId: organisation.id })) return null;
  const tally = (await tallies(organisation.id)).get(requirementId);
  return tally ? completionTexts(tally, rule) : null;
}

/** What can be done with a requirement, as its newest version leaves it. */
function stepsOf(newest: StoredVersion | null, home: string) {
  const [isOver, isPaused] = [
    newest?.rule.inForce === false || newest === null,
    newest?.rule.mode === 'paused',
  ];
  return {
    changeHref: isOver ? null : `${home}/change`,
    action: `${home}/steps`,
    steps: isOver
      ? (['reopen'] as const)
      : isPaused
        ? (['go-on', 'end'] as const)
        : (['pause', 'end'] as const),
  };
}

function undoOf(versions: readonly StoredVersion[], { organisation, now }: OpenRequirements, home: string) {
  const until = undoableUntil(versions, now);
  if (until === null) return null;
  const wait: Wait = waitUntil(until, now, hereIn(organisation.timeZone), spoken);
  return { href: `${home}/undo`, text: spoken('requirements.undo.until', { when: wait.words }), wait };
}

interface BesideVersion {
  readonly before: StoredVersion | null;
  readonly versions: readonly StoredVersion[];
  readonly open: OpenRequirements;
  readonly words: RuleWords;
}

function versionRow(version: StoredVersion, { before, versions, open, words }: BesideVersion) {
  const undone = versions.find(({ undoes }) => undoes === version.id);
  return {
    number: version.number,
    text: versionText(version, versions, words),
    changes: before && version.undoes === null ? changedDetails(before.rule, version.rule, words) : [],
    from: spoken('requirements.version.from', { day: dayWords(version.fromDay) }),
    decided: decidedText(version, open.organisation.timeZone),
    undone: undone ? spoken('requirements.version.undone', { number: undone.number }) : null,
  };
}

function versionText(
  { rule, undoes }: StoredVersion,
  versions: readonly StoredVersion[],
  words: RuleWords,
): string {
  const taken = versions.find(({ id }) => id === undoes);
  if (taken) return spoken('requirements.version.undoes', { number: taken.number });
  return rule.inForce ? ruleSentence(rule, words) : spoken('requirements.version.ended');
}

/** What a version says beside its sentence that the one before did not say. */
function changedDetails(before: Rule, after: Rule, words: RuleWords): string[] {
  const known = ruleDetails(before, words).map(({ value }) => value);
  const said = after.inForce ? ruleDetails(after, words) : [];
  return said.filter(({ value }) => !known.includes(value)).map(({ label, value }) => `${label}: ${value}`);
}

async function exemptRows({ actor, organisation, today }: OpenRequirements, requirementId: string) {
  const found = await exemptPeople(actor, { requirementId, today, withEnded: false });
  return found.map(exemption => ({
    name: listedName(exemption),
    href: `/organisations/${organisation.id}/people/${exemption.membershipId}/requirements`,
    text: exemptionText(exemption),
    decided: decidedText(exemption, organisation.timeZone),
  }));
}

async function markedRows({ actor, organisation, today }: OpenRequirements, requirementId: string) {
  const found = await markedPeople(actor, { requirementId, today });
  return found.map(({ membershipId, mark, ...person }) => ({
    name: listedName(person),
    href: `/organisations/${organisation.id}/people/${membershipId}/requirements`,
    text: `${spoken(`exemptions.mark.${mark}`)} · ${daysInWords(person, today)}`,
    decided: decidedText(person, organisation.timeZone),
  }));
}
