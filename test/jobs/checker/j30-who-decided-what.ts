import { expect } from 'chai';
import { revoke } from '../../../server/proof/certificates/lifecycle/revoke.js';
import { certificateOf } from '../../../server/proof/certificates/queries.js';
import { findCycle } from '../../../server/teaching/learning/enrolments.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { grantAttempt } from '../../../server/teaching/quizzes/attempts/extra-attempts.js';
import { makeExemption } from '../../../server/proof/requirements/exemptions/exemptions.js';
import { visit } from '../../journeys/browsing/visit.js';
import { audited, certified, type Office } from '../../proof/reports/rooms/of-rooms.js';
import { row, write } from '../../support/rows.js';
import { said } from '../../support/said.js';

export const id = 'J30';
export const title =
  'saw every override, revocation and regrade, who decided it, and who took which file out';

export async function walk(): Promise<void> {
  const { office, room, auditor } = await audited();
  await decideAboutAda(office);
  await office.keeper.browser.get(`/organisations/${office.organisation.id}/standings.csv`);
  const { page, close, expectQuiet } = await visit(auditor, { viewport: { width: 360, height: 740 } });
  await page.goto(room);
  await page.locator('details.menu summary').last().click();
  await page.locator(`nav.tabs a[href="${room}/changes"]`).click();
  for (const kind of ['waiver', 'extra-attempt', 'regraded', 'revoked', 'credit-voided']) {
    const line = page.locator(`[data-decision]:has([data-state=${kind}])`);
    expect(await line.innerText(), kind).to.include(office.keeper.name);
  }
  const waived = page.locator('[data-decision]:has([data-state=waiver])');
  expect(await waived.innerText()).to.include(said('exemptions.reason.operations'));
  expect(await page.content()).not.to.include('Private note');
  const file = page.locator('[data-file]').first();
  expect(await file.innerText())
    .to.include(said('eventLog.file.standings'))
    .and.include(office.keeper.name);
  await waived.locator('a').click();
  await page.locator('[data-exemption]').waitFor();
  expectQuiet();
  await close();
}

/** A waiver, a further attempt, a regrade and a revocation. */
async function decideAboutAda(office: Office): Promise<void> {
  const { organisation, requirementId, people, keeper, ago } = office;
  const cycleId = await certified(office, 'Ada Marlow');
  const cycle = await findCycle(cycleId);
  const certificate = await certificateOf(cycleId);
  if (!cycle || !certificate) throw new Error('There is no certificate');
  const by = { actorId: keeper.id, now: Date.now() };
  const membershipId = people['Ada Marlow'] ?? '';
  await makeExemption(
    { organisation, requirementId, membershipId, ...by },
    {
      ...{ kind: 'waiver', reason: 'operations', note: 'Private note' },
      ...{ fromDay: ago(0), toDay: ago(-30), dueDay: null },
    },
  );
  await grantAttempt(cycle, { quiz: 'foundations', number: 1 }, by);
  await regraded(cycleId, by);
  await revoke(certificate, { reason: 'not-earned', note: 'Private note' }, by);
}

/** One attempt was graded again, by a ruling that somebody confirmed. */
async function regraded(cycleId: string, { actorId, now }: { actorId: string; now: number }): Promise<void> {
  const regradeId = newId();
  await write(
    `insert into regrades (id, course_slug, quiz, item_id, kind, from_version, to_version, answers, reason, state, last_ruling,
       created_by, created_at, confirmed_by, confirmed_at)
     values ($1, 'airline-and-transport', 'foundations', 'x', 'void', 1, 1, '[]', 'Private note', 'done', 0, $2, $3, $2, $3)`,
    [regradeId, actorId, now],
  );
  const attempt = await row<{ id: string; organisation_id: string }>(
    'select id, organisation_id from attempts where cycle_id = $1 limit 1',
    [cycleId],
  );
  await write(
    `insert into attempt_regrades (attempt_id, regrade_id, organisation_id, change, before, after, regraded_at)
     values ($1, $2, $3, 'points', '{}', '{}', $4)`,
    [attempt?.id ?? '', regradeId, attempt?.organisation_id ?? '', now],
  );
}
