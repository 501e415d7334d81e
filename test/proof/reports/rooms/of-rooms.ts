import { dayOf, daysAfter } from '../../../../server/platform/lib/days.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import type { Client } from '../../../../server/workshop/smoke/client.js';
import { linkMailedTo, tokenIn } from '../../../people/accounts/mails.js';
import { employer, linked, member, unit } from '../../../support/organisations.js';
import { PASSWORD, person, signedIn, type Person } from '../../../support/people.js';
import { almostThrough, course } from '../../../support/walk.js';
import { chooseJob } from '../../../../server/teaching/learning/chosen-job.js';
import { makeExemption } from '../../../../server/proof/requirements/exemptions/exemptions.js';
import { enrol } from '../../../../server/teaching/learning/enrolments.js';
import { appoint } from '../../../support/roles.js';
import { row, rows } from '../../../support/rows.js';
import { world } from '../../../support/world.js';
import { keepVersion } from '../../../../server/proof/requirements/rules/keep-requirements.js';
import { someRule } from '../../requirements/some-rule.js';
import { completed, reckoned, required, YEARLY } from '../reckoned.js';

/** An employer with a requirement, people by their names, and somebody who administers it. */
export interface Office {
  readonly organisation: OrganisationFacts;
  readonly unitId: string;
  readonly requirementId: string;
  readonly keeper: Person;
  /** The memberships by name. */
  readonly people: Readonly<Record<string, string>>;
  readonly ago: (days: number) => string;
  readonly home: string;
}

export const NAMES = ['Ada Marlow', 'Bo Lindqvist', 'Tomas Reyes'] as const;

/** Ada is current, Bo is overdue, Tomas completed long ago and is overdue again; `more` people are as Ada. Without `of`, the employer is new. */
export async function office({
  more = 0,
  of,
}: { more?: number; of?: OrganisationFacts } = {}): Promise<Office> {
  const organisation = of ?? (await employer());
  const ago = (days: number) => daysAfter(dayOf(Date.now(), organisation.timeZone), -days);
  const unitId = await unit(organisation, 'Lyon');
  const people: Record<string, string> = {};
  for (const [at, name] of NAMES.entries())
    people[name] = await member(organisation, {
      ...{ name, fromDay: ago(800), hiredOn: ago(800), staffNumber: `S-77${at}1` },
      home: { unitId, job: 'Cabin crew' },
    });
  const requirementId = await required(organisation, { title: 'Crew', fromDay: ago(800), rule: YEARLY });
  await completed(organisation, people['Ada Marlow'] ?? '', { on: ago(200) });
  await completed(organisation, people['Tomas Reyes'] ?? '', { on: ago(680) });
  for (let at = 0; at < more; at++) {
    const id = await member(organisation, { name: `Crew ${at}`, fromDay: ago(800), hiredOn: ago(800) });
    await completed(organisation, id, { on: ago(100 + at) });
  }
  await reckoned(organisation);
  const keeper = await signedIn({ name: 'Otto Berg' });
  await appoint(keeper, 'administrator', organisation.id);
  const home = `/organisations/${organisation.id}/evidence/rooms`;
  return { organisation, unitId, requirementId, keeper, people, ago, home };
}

const boxes = (field: string, date: string): Record<string, string> => {
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${field}-day`]: day, [`${field}-month`]: month, [`${field}-year`]: year };
};

/** From today on the requirement counts a completion for two years, whatever its certificate says. */
export const countedForTwoYears = ({ organisation, requirementId, ago }: Office) =>
  keepVersion(
    { organisation, actorId: null, now: Date.now() },
    {
      ...{ requirementId, after: 1, title: 'Crew', fromDay: ago(0) },
      rule: someRule({
        renewal: { kind: 'own', validity: { months: 24, snap: 'none', counts: 'from-completion' } },
      }),
    },
  );

/** Somebody has an account, took the course there to its end, and has a certificate. Returns the cycle's id. */
export async function certified({ organisation, people }: Office, name: string): Promise<string> {
  const membershipId = people[name] ?? '';
  const { id: userId } = await person({ name });
  await linked(membershipId, userId);
  const taken = await course('airline-and-transport');
  const cycle = await enrol({ userId, organisationId: organisation.id, course: taken, now: Date.now() });
  const [job] = taken.snapshot.jobs ?? [];
  if (job) await chooseJob(cycle, job, Date.now());
  await almostThrough(cycle, []);
  await world().worker.drain();
  return cycle.id;
}

/** Bo is exempt for a month, and the list of how people stand is exported. */
export async function decidedAndExported({ organisation, requirementId, people, keeper, ago }: Office) {
  const membershipId = people['Bo Lindqvist'] ?? '';
  const change = { organisation, requirementId, membershipId, actorId: keeper.id, now: Date.now() };
  const span = { fromDay: ago(0), toDay: ago(-30), dueDay: null };
  await makeExemption(change, { kind: 'waiver', reason: 'operations', note: '', ...span });
  await keeper.browser.get(`/organisations/${organisation.id}/standings.csv`);
}

let auditors = 0;
export const someAuditor = (): string => `emre-${++auditors}-${process.pid}@audit.example`;

/** The fields of a new room, and others instead. */
export const roomFields = (
  { requirementId, ago }: Office,
  {
    from = ago(365),
    last = ago(0),
    until = ago(-7),
    ...fields
  }: Record<string, string | readonly string[]> = {},
) => ({
  ...{ title: 'Autumn inspection', email: someAuditor(), requirements: requirementId, shows: 'names' },
  ...boxes('from', String(from)),
  ...boxes('last', String(last)),
  ...boxes('until', String(until)),
  ...fields,
});

/** Makes a room by its form. Returns its id, once its list is sealed. */
export async function roomMade(
  of: Office,
  fields: Record<string, string | readonly string[]> = {},
): Promise<string> {
  const { browser } = of.keeper;
  await browser.get(`${of.home}/new`);
  const page = await browser.submit(`${of.home}/new`, roomFields(of, fields));
  if (page.status !== 200) throw new Error(`${page.status} at ${page.path}`);
  await world().worker.drain();
  return /rooms\/([0-9a-f-]{36})/.exec(page.path)?.[1] ?? '';
}

/** Opens a room from its page. */
export async function roomOpened(of: Office, roomId: string): Promise<void> {
  await of.keeper.browser.get(`${of.home}/${roomId}`);
  await of.keeper.browser.submit(`${of.home}/${roomId}/opening`);
  await world().worker.drain();
}

/** An auditor who came by the mailed link, with an account made on its page. */
export async function auditorIn(email: string): Promise<Client> {
  const link = await linkMailedTo(email);
  const browser = world().visitor();
  await browser.get(link);
  const token = tokenIn(link);
  await browser.submit('/room-link/account', { token, name: 'Emre Aydin', password: PASSWORD });
  return browser;
}

/** A room that is open, and its auditor inside. */
export async function audited(fields: Record<string, string | readonly string[]> = {}) {
  const of = await office();
  const email = someAuditor();
  const roomId = await roomMade(of, { email, ...fields });
  await roomOpened(of, roomId);
  return { office: of, roomId, email, auditor: await auditorIn(email), room: `/rooms/${roomId}` };
}

export const eventsOf = async (organisationId: string): Promise<string[]> =>
  (
    await rows<{ name: string }>(
      `select name from events where chain = $1 and name like 'room.%' order by seq`,
      [organisationId],
    )
  ).map(({ name }) => name);

/** The number that somebody has in a room. */
export const numberOf = async (roomId: string, membershipId: string | undefined): Promise<number> =>
  (
    await row<{ number: number }>(
      'select number from auditor_room_people where room_id = $1 and membership_id = $2',
      [roomId, membershipId ?? ''],
    )
  )?.number ?? 0;
