import { remindOfCertificates } from '../../../../../server/people/identity/saml/remind-of-certificates.js';
import { newId } from '../../../../../server/platform/lib/ids.js';
import { openOrganisation } from '../../../../../server/people/organisations/memberships.js';
import { samlSigning } from '../../../../people/identity/saml/of-saml.js';
import { completed } from '../../../../support/holders.js';
import { dina, person, signedIn } from '../../../../support/people.js';
import { appoint } from '../../../../support/roles.js';
import { write } from '../../../../support/rows.js';
import { world } from '../../../../support/world.js';
import { seenBy, type Scene } from '../../scene.js';

/** What was mailed and what was done, as administrators read it. */
export async function logScenes(): Promise<Scene[]> {
  const [admin, learner] = [await dina(), await person()];
  await completed(learner, 'volunteers');
  await certificateEnds();
  await world().worker.drain();
  const { id } = await openOrganisation();
  await (await signedIn()).browser.get('/admin/log');
  const office = seenBy(admin.browser);
  const checks = await ledgerChecks(admin.id, id);
  return [
    office('admin-mails', '/admin/mails'),
    office('admin-mails-certificate', '/admin/mails?kind=provider-certificate'),
    office('admin-mails-none', '/admin/mails?kind=lines-due&state=failed'),
    office('admin-log', '/admin/log', page => page.locator('summary').last().click()),
    office('admin-log-organisation', `/admin/log?log=${id}&kind=certificates`),
    office('admin-log-none', '/admin/log?kind=operation&until-day=1&until-month=1&until-year=2020'),
    office('admin-log-person', `/admin/log?log=${id}&person=${encodeURIComponent(learner.email)}`),
    office('admin-log-wrong-person', '/admin/log?person=nobody%40example.org&object=7'),
    office('organisation-log', `/organisations/${id}/log`),
    office('organisation-log-wrong', `/organisations/${id}/log?person=nobody`),
    office('admin-ledger-checks', '/admin/log/checks'),
    ...Object.entries(checks).map(([state, check]) =>
      office(`admin-ledger-check-${state}`, `/admin/log/checks/${check}`),
    ),
    office('admin-refusals', '/admin/refusals'),
    office('admin-refusals-none', '/admin/refusals?kind=limit&person=' + learner.id),
    office('admin-log-wrong', '/admin/log?until-day=31&until-month=2&until-year=2025'),
  ];
}

/** The certificate of an organisation's provider ends in ten days, and whoever administers the organisation is told. */
async function certificateEnds(): Promise<void> {
  const { organisation } = await samlSigning(Date.now() + 10 * 86_400_000);
  await appoint(await person({ name: 'Otto Reinhardt' }), 'administrator', organisation.id);
  await remindOfCertificates(Date.now());
}

/** A check of the ledger in each state, by its state; the broken one names an entry of an organisation. */
async function ledgerChecks(askedBy: string, organisationId: string): Promise<Record<string, string>> {
  const named = [
    {
      table: 'events',
      row: `7 of chain ${organisationId}`,
      problem: 'edited: its content does not match its hash',
    },
  ];
  const states = ['proven', 'failed', 'broken', 'running'] as const;
  const checks = Object.fromEntries(states.map(state => [state, newId()]));
  for (const [at, state] of states.entries()) {
    const [hasEnded, hasResult] = [state !== 'running', state === 'proven' || state === 'broken'];
    await write(
      `insert into ledger_checks (id, asked_by, asked_at, is_whole, state, in_turn, done, total, finished_at, up_to, counted, faults, named)
       values ($1, $2, $3, $4, $5, $6, 3, 9, $7, $8, $9, $10, $11)`,
      [
        ...[checks[state] ?? '', askedBy, Date.UTC(2026, 10, 20 + at), state !== 'proven', state],
        ...[hasEnded ? null : 1, hasEnded ? Date.UTC(2026, 10, 20 + at, 1) : null, hasResult ? 12 : null],
        ...[hasResult ? '{"events":1207,"issuance_ledger":34}' : null],
        ...(state === 'broken'
          ? [201, JSON.stringify(named)]
          : [hasResult ? 0 : null, hasResult ? '[]' : null]),
      ],
    );
  }
  return checks;
}
