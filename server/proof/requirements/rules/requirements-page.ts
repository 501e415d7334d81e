import { spoken } from '../../../platform/i18n/spoken.js';
import { dayWords } from '../../../people/organisations/day-words.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import { can } from '../../../policy.js';
import { completionSentences, completionTexts } from '../completion-rate.js';
import type { StandingTally } from '../standings.js';
import { changesToDecide } from '../changes/changes-to-decide.js';
import { draftRows } from './open-drafts.js';
import { requirementsHome, type OpenRequirements } from './open-requirement.js';
import { newestVersion, versionInForce, type StoredVersion } from './requirement-versions.js';
import { ruleSentence, type RuleWords } from './rule-sentence.js';
import { ruleWordsOf } from './rule-words.js';
import { tallies } from './standing-counts.js';
import { requirementsOf } from './stored-requirements.js';

/** What an organisation requires of its people: what is in force or comes first, what has ended last. */
export async function requirementsPage(open: OpenRequirements) {
  const { organisation, actor, today, mayChange } = open;
  const words = await ruleWordsOf(organisation.id, today);
  const requirements = await requirementsOf(organisation.id);
  const seesFigures = can(actor, 'organisation.manage', { organisationId: organisation.id });
  const counts = seesFigures ? await tallies(organisation.id) : new Map<string, StandingTally>();
  const home = requirementsHome(organisation.id);
  const all = [...requirements].flatMap(([id, versions]) => {
    const shown = shownVersion(versions, today);
    return shown ? requirementRow(shown, { id, home, tally: counts.get(id) ?? null, today, words }) : [];
  });
  const isOver = ({ state }: { state: string | null }) => state === 'ended';
  return {
    organisation: organisationHead(organisation, actor),
    requirements: all.filter(each => !isOver(each)),
    ended: all.filter(isOver),
    newHref: mayChange ? `${home}/new` : null,
    drafts: mayChange ? await draftRows(open) : [],
    changes: mayChange ? await changesToDecide(organisation.id) : [],
  };
}

/** What is in force, else what will be; null: everything was undone. */
export const shownVersion = (versions: readonly StoredVersion[], today: string): StoredVersion | null =>
  versionInForce(versions, today) ?? newestVersion(versions);

interface Row {
  readonly id: string;
  readonly home: string;
  readonly tally: StandingTally | null;
  readonly today: string;
  readonly words: RuleWords;
}

function requirementRow(version: StoredVersion, { id, home, tally, today, words }: Row) {
  const { title, rule } = version;
  return {
    href: `${home}/${id}`,
    title,
    sentence: ruleSentence(rule, words),
    state: requirementState(version, today),
    begins:
      version.fromDay > today ? spoken('requirements.beginsOn', { day: dayWords(version.fromDay) }) : null,
    figures: tally && rule.inForce ? completionSentences(completionTexts(tally, rule)) : null,
  };
}

/** What has to be said of a version before anything else; null: it is in force and follows its audience. */
export function requirementState(
  { rule, fromDay }: StoredVersion,
  today: string,
): 'ended' | 'planned' | 'paused' | null {
  if (!rule.inForce) return 'ended';
  if (fromDay > today) return 'planned';
  return rule.mode === 'paused' ? 'paused' : null;
}
