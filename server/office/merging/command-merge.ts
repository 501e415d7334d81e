import { parseArgs } from 'node:util';
import { idOfAddress } from '../../people/accounts/people.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { merge } from './merge.js';
import { mergeState, namesOfMerge } from './merge-page.js';
import { newestMerges } from './merges.js';
import { planMerge, WARNINGS, type AskedMerge } from './plan-merge.js';
import { previewPage } from './merge-preview.js';
import { undoMerge } from './undo-merge.js';

type Say = (line: string) => void;

const USE = 'merge: use KEEP-EMAIL CLOSE-EMAIL [--seen], list, or undo ID';

/**
 * `merge KEEP-EMAIL CLOSE-EMAIL [--seen] | list | undo ID`, at the command line: two accounts of one person become one. Without
 * `--seen` it only prints what would happen, and what to check. Returns the exit code; throws an error with a sentence when
 * nothing was done.
 */
export async function runMerge(args: string[], say: Say): Promise<number> {
  const options = { seen: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const [first = '', second = ''] = positionals;
  if (first === 'list') return list(say);
  if (first === 'undo') return undo(second, say);
  if (second === '') throw new Error(USE);
  const asked = { kept: await sideOf(first), closed: await sideOf(second) };
  return values.seen ? mergeThem(asked, say) : preview(asked, say);
}

async function sideOf(email: string): Promise<AskedMerge['kept']> {
  const userId = await idOfAddress(email);
  if (userId === null) throw new Error(`No account has the address "${email}"`);
  return { membershipId: null, userId };
}

const byOperator = () => ({ actorId: null, isInstallation: true, now: Date.now() });

async function preview(asked: AskedMerge, say: Say): Promise<number> {
  const plan = await planMerge(asked, byOperator());
  if (plan.kind === 'refused') throw new Error(spoken(`merging.refused.${plan.reason}`));
  const { kept, closed, happens, stays, warnings } = previewPage(plan, [], { locale: 'en', timeZone: 'UTC' });
  for (const [title, side] of [['kept', kept] as const, ['closed', closed] as const])
    say(`${spoken(`merging.${title}`)}: ${[side.name, ...side.facts.map(({ value }) => value)].join(' · ')}`);
  say(`${spoken('merging.happens')}:`);
  for (const text of happens) say(`  ${text}`);
  say(`${spoken('merging.stays')}:`);
  for (const text of stays) say(`  ${text}`);
  for (const { text } of warnings) say(`! ${text}`);
  say('Nothing has changed. If these two are the same person, add --seen');
  return 0;
}

async function mergeThem(asked: AskedMerge, say: Say): Promise<number> {
  const outcome = await merge(asked, { seen: WARNINGS, organisationId: null, by: byOperator() });
  if (outcome.kind === 'refused') throw new Error(spoken(`merging.refused.${outcome.reason}`));
  if (outcome.kind === 'merged') say(`Merged. Undo it with: merge undo ${outcome.mergeId}`);
  return 0;
}

async function list(say: Say): Promise<number> {
  for (const done of await newestMerges()) {
    const { kept, closed } = await namesOfMerge(done);
    const day = new Date(done.mergedAt).toISOString().slice(0, 10);
    say(`${done.id}  ${day}  ${mergeState(done, Date.now())}  ${closed} -> ${kept}`);
  }
  return 0;
}

async function undo(id: string, say: Say): Promise<number> {
  const outcome = await undoMerge(id, 'asked', { actorId: null, now: Date.now() });
  if (outcome === 'not-open')
    throw new Error(`There is no merge "${id}" to undo. "merge list" shows all merges`);
  if (outcome !== 'undone') throw new Error(spoken(`merging.undo.${outcome}`));
  say('Merge undone. The two accounts are separate again');
  return 0;
}
