import { formatMoment } from '../../../platform/i18n/i18n.js';
import { dayOf } from '../../../platform/lib/days.js';
import { organisationCalled, type OrganisationFacts } from '../../../people/organisations/memberships.js';
import { shownVersion, requirementState } from './requirements-page.js';
import type { StoredVersion } from './requirement-versions.js';
import { ruleDetails } from './rule-details.js';
import { ruleSentence, type RuleWords } from './rule-sentence.js';
import { ruleWordsOf } from './rule-words.js';
import { requirementsOf } from './stored-requirements.js';

type Say = (line: string) => void;

const USE = 'requirements: use list ORGANISATION, or show ORGANISATION ID';

/**
 * `requirements list ORGANISATION | show ORGANISATION ID`, at the command line: what an organisation requires of its people
 * today. Returns the exit code; throws an error with a sentence where there is no such thing.
 */
export async function runRequirements(args: string[], say: Say, now = Date.now()): Promise<number> {
  const [verb, named, id] = args;
  if (!named || (verb !== 'list' && !(verb === 'show' && id))) throw new Error(USE);
  const organisation = await organisationCalled(named);
  const requirements = await requirementsOf(organisation.id);
  const words = await ruleWordsOf(organisation.id, dayOf(now, organisation.timeZone));
  if (verb === 'list') return list(requirements, { organisation, words, now }, say);
  const versions = requirements.get(id ?? '');
  if (!versions)
    throw new Error(
      `${organisation.name} has no requirement "${id}". "requirements list" shows all requirements`,
    );
  return show(versions, { organisation, words, now }, say);
}

interface Beside {
  readonly organisation: OrganisationFacts;
  readonly words: RuleWords;
  readonly now: number;
}

function list(
  requirements: ReadonlyMap<string, StoredVersion[]>,
  { organisation, words, now }: Beside,
  say: Say,
): number {
  const today = dayOf(now, organisation.timeZone);
  for (const [id, versions] of requirements) {
    const shown = shownVersion(versions, today);
    if (!shown) continue;
    const state = requirementState(shown, today);
    say(`${id}  ${shown.title}${state === null ? '' : `  (${state})`}`);
    say(`  ${ruleSentence(shown.rule, words)}`);
  }
  return 0;
}

/** Every version, the newest first, with everything that it says. */
function show(versions: readonly StoredVersion[], { organisation, words }: Beside, say: Say): number {
  const place = { locale: words.locale, timeZone: organisation.timeZone };
  for (const version of [...versions].reverse()) {
    const { number, title, fromDay, rule, undoes, recordedAt, actorName } = version;
    const undone = versions.find(({ id }) => id === undoes);
    const what = undone
      ? `undoes version ${undone.number}`
      : rule.inForce
        ? ruleSentence(rule, words)
        : 'the requirement has ended';
    say(`Version ${number}, from ${fromDay}: ${title}`);
    say(`  ${what}`);
    if (rule.inForce && !undone)
      for (const { label, value } of ruleDetails(rule, words)) say(`  ${label}: ${value}`);
    say(`  recorded on ${formatMoment(recordedAt, place)}, by ${actorName ?? 'the program'}`);
  }
  return 0;
}
