import { expect } from 'chai';
import { installedViews } from '../../../../server/platform/http/installed-views.js';
import { onNudge } from '../../../../server/platform/events/jobs/nudge.js';
import { RateLimits } from '../../../../server/platform/http/security/rate-limits.js';
import { SessionStore } from '../../../../server/platform/http/security/sessions.js';
import { createLogger } from '../../../../server/platform/lib/log.js';
import { remindOfDuties } from '../../../../server/proof/reminders/duties/remind.js';
import { createMailer } from '../../../../server/people/mails/mailer.js';
import { createReactions } from '../../../../server/background.js';
import { createWorker } from '../../../../server/worker.js';
import { keepVersion } from '../../../../server/proof/requirements/rules/keep-requirements.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import type { Rule } from '../../../../server/proof/requirements/requirement-rule.js';
import { linked, member } from '../../../support/organisations.js';
import { person, type Person } from '../../../support/people.js';
import { row, rows } from '../../../support/rows.js';
import { reactToNews, world } from '../../../support/world.js';
import { someRule } from '../../requirements/some-rule.js';

/** Somebody with an account who has worked for an organisation for long. */
export async function employee(
  organisation: OrganisationFacts,
  { name = 'Ada Marlow', tags = [] as string[] } = {},
): Promise<Person & { membershipId: string }> {
  const somebody = await person({ name });
  const membershipId = await member(organisation, { name, ...(tags.length > 0 && { tags }) });
  await linked(membershipId, somebody.id);
  return { ...somebody, membershipId };
}

/** Requires the course of everybody, by a day. Returns the requirement's id once it was reckoned for all. */
export async function dueOn(
  organisation: OrganisationFacts,
  day: string,
  { now, title = 'Crew', today, ...rule }: Partial<Rule> & { now: number; today: string; title?: string },
): Promise<string> {
  const whole = someRule({ firstDue: { on: day }, ...rule });
  const asked = { requirementId: null, after: 0, title, fromDay: today, rule: whole };
  const outcome = await keepVersion({ organisation, actorId: null, now }, asked);
  if (outcome.kind !== 'kept') throw new Error(JSON.stringify(outcome));
  await world().worker.drain();
  return outcome.requirementId;
}

/** The id of somebody's assignment. */
export async function assignmentOf(membershipId: string, requirementId: string): Promise<string> {
  const found = await row<{ id: string }>(
    'select id from assignments where membership_id = $1 and requirement_id = $2',
    [membershipId, requirementId],
  );
  if (!found) throw new Error('Nothing is asked of them');
  return found.id;
}

const FROM_ROWS = `select organisation_id, day, stage, outcome, count(*) as duties from duty_reminders
    group by organisation_id, day, stage, outcome
  union all select organisation_id, day, 'escalated', 'due', count(distinct assignment_id) from duty_escalations
    group by organisation_id, day order by 1, 2, 3, 4`;

/** What is kept of how many went out is what the reminders themselves say. */
export async function expectCounted(): Promise<void> {
  const kept = await rows<object>(
    'select organisation_id, day, stage, outcome, duties from duty_mail_counts where duties <> 0 order by 1, 2, 3, 4',
  );
  const counted = await rows<{ duties: number }>(FROM_ROWS);
  expect(kept).to.deep.equal(counted.map(each => ({ ...each, duties: Number(each.duties) })));
}

/** Whatever waits is done by a worker for whom it is this moment, once `during` is over. No other worker hears of it. */
export async function workedAt(now: number, during: () => Promise<unknown> = () => Promise.resolve()) {
  await world().worker.drain();
  const forget = onNudge(() => undefined);
  const { config, issuer, papers, secrets, base } = world();
  const log = createLogger('silent', { write: () => undefined });
  const mailer = createMailer(config, log);
  const [clock, sessions, limits] = [() => now, new SessionStore(), new RateLimits(secrets.limits)];
  const outside = { config, issuer, papers, sessions, limits, clock, mailer, baseUrl: base, contact: null };
  const reactions = createReactions({ ...outside, linkKey: secrets.links, views: installedViews() });
  const worker = createWorker({ reactions, routines: [], clock, log });
  try {
    await during();
    await worker.drain();
  } finally {
    await worker.stop();
    mailer.close();
    forget();
    reactToNews();
  }
}

/** Goes through all duties at a moment, and sends the mails of it. */
export const remindedAt = (now: number) => workedAt(now, () => remindOfDuties(now));
