import { formatDate, formatMoment, type Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { isId } from '../../../platform/lib/ids.js';
import { can, type Actor } from '../../../policy.js';
import { isStopped } from './applying/apply.js';
import { publishedTitles } from './published-titles.js';
import { regradeLines, type LineRow } from './regrade-lines.js';
import { changeRow, regradeAddresses, tallyRows } from './regrade-texts.js';
import { changesResultOf, progressOfRegrade, tallyOf, type RegradeFacts } from './regrades.js';
import { rulingAddress, rulingText } from './ruling/ruling-text.js';
import { pageOfList } from '../../../platform/lib/lists/page-of-list.js';

/** Rows on one page of the list of changes. */
const PAGE = 50;

/** Who looks at a regrade, from which attempt on, and why it could not be confirmed a moment ago (null: it was not tried). */
interface Look {
  readonly actor: Actor;
  readonly after: string;
  readonly stale: string | null;
}

/** A regrade: what it would change or has changed, how far it is, and a page of its changes. */
export async function regradePage(regrade: RegradeFacts, { actor, after, stale }: Look, place: Place) {
  const { done, lines: count, changed } = await progressOfRegrade(regrade.id);
  const tally = await tallyOf(regrade.id);
  // Where results were left as they are, the figures stay those of the preview.
  const isDone = regrade.state === 'done' && done >= count;
  const to = regradeAddresses(regrade.id);
  return {
    ...(await publishedTitles(regrade, regrade.fromVersion)),
    itemId: regrade.itemId,
    formHref: rulingAddress({ ...regrade, version: regrade.fromVersion }),
    state: regrade.state,
    isOwn: !can(actor, 'regrade.apply', await concerns(actor, regrade)),
    isDone,
    stale,
    facts: factsOf(regrade, place),
    lookedAt: spoken('regrade.lookedAt', { count: regrade.lookedAt ?? 0 }),
    tally: tallyRows(tally, isDone, spoken),
    changing: tally.changes.passed + tally.changes.points + tally.changes.withdrawn,
    withdraws: regrade.withdrawalReason !== null,
    progress: { done, count },
    isStopped: await isStopped(regrade),
    changed,
    ...(await changes(regrade.id, { actor, after }, place)),
    to,
  };
}

/** What the right to confirm a regrade depends on. */
export const concerns = async ({ id: actorId }: Actor, { id }: RegradeFacts) => ({
  changesOwn: await changesResultOf(id, actorId),
});

/** May `actor` see whose attempt a line is about? */
export const mayName = (actor: Actor) => (line: LineRow) => can(actor, 'attempt.identify', line);

async function changes(regradeId: string, { actor, after }: Pick<Look, 'actor' | 'after'>, place: Place) {
  const { shown, last } = await pageOfList(PAGE, limit =>
    regradeLines(regradeId, isId(after) ? after : '', limit),
  );
  const named = (line: LineRow) => (mayName(actor)(line) ? line.name : null);
  return {
    lines: shown.map(line =>
      changeRow(line, { name: named(line), date: formatDate(line.submittedAt, place) }, spoken),
    ),
    next: last ? `${regradeAddresses(regradeId).page}?after=${last.attemptId}` : null,
  };
}

function factsOf(regrade: RegradeFacts, place: Place) {
  const { reason, withdrawalReason, createdAt, confirmedAt, finishedAt, seenHash } = regrade;
  const fact = (key: string, value: string | null, code = false) =>
    value === null ? [] : [{ label: spoken(`regrade.fact.${key}`), value, code }];
  const moment = (ms: number | null) => (ms === null ? null : formatMoment(ms, place));
  return [
    ...fact('ruling', rulingText(regrade, spoken)),
    ...fact('reason', reason),
    ...fact('passes', spoken(withdrawalReason === null ? 'regrade.passesKept' : 'regrade.passesWithdrawn')),
    ...fact('withdrawal', withdrawalReason),
    ...fact('previewed', moment(createdAt)),
    ...fact('confirmed', moment(confirmedAt)),
    ...fact('finished', moment(finishedAt)),
    ...fact('hash', seenHash?.slice(0, 16) ?? null, true),
  ];
}
