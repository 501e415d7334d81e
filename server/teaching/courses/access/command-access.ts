import { parseArgs } from 'node:util';
import { dayOf, daysAfter } from '../../../platform/lib/days.js';
import { daysFrom, unitCalled } from '../../../people/organisations/command-options.js';
import {
  openOrganisation,
  organisationCalled,
  type OrganisationFacts,
} from '../../../people/organisations/memberships.js';
import { currentCourse } from '../catalogue.js';
import { isGranted } from '../grants.js';
import { accessToCourses, type CourseAccess, type GrantFacts } from './access-queries.js';
import { requestsForInstallation } from './course-requests.js';
import { grantCourse, revokeGrant, WHOLE, type Terms } from './granting.js';

type Say = (line: string) => void;

const text = { type: 'string', default: '' } as const;
const yes = { type: 'boolean', default: false } as const;
const OPTIONS = {
  organisation: { type: 'string' },
  ...{ everyone: yes, yes, 'by-unit': yes },
  ...{ unit: text, from: text, last: text },
} as const;

type Options = ReturnType<typeof read>;

const read = (args: string[]) => parseArgs({ args, options: OPTIONS }).values;

/** To whom a course is granted: `organisation` null is everyone. */
interface Grantee {
  readonly id: string;
  readonly words: string;
  readonly organisation: OrganisationFacts | null;
}

/** `grant SLUG …`: to everyone only with `--yes`. Returns the exit code: 2 where that is missing. `how`: what is said of wrong options. */
export async function grantAs(slug: string, args: string[], how: string, say: Say): Promise<number> {
  const options = checked(slug, args, how);
  const course = await currentCourse(slug);
  if (!course) throw new Error(await unknownCourse(slug));
  if (!course.snapshot.restricted) {
    say(`${slug} is open to everyone, so it does not need a grant`);
    return 0;
  }
  const to = await granteeOf(options);
  if (!to.organisation && !options.yes && !(await isGranted(to.id, slug, Date.now()))) {
    say(
      `Everyone who signs up here, including strangers, could take ${slug} at once. Repeat the command with --yes to confirm.`,
    );
    return 2;
  }
  const isNew = await grantCourse(slug, to.id, byOperator(), await termsOf(options, to));
  const told = options['by-unit'] ? 'choose the units that take it' : 'can take it now';
  const when = options.from === '' ? told : `${told.replace(' now', '')} from ${options.from}`;
  say(isNew ? `${slug}: ${to.words} ${when}` : `${slug}: already granted to ${to.words}, nothing to change`);
  return 0;
}

async function termsOf(options: Options, { organisation }: Grantee): Promise<Terms> {
  if (!organisation) return WHOLE;
  const { fromDay, untilDay } = daysFrom(options, dayOf(Date.now(), organisation.timeZone));
  const unitId = options.unit === '' ? '' : await unitCalled(options.unit, organisation.id);
  return { unitId, isByUnit: options['by-unit'], fromDay: options.from === '' ? '' : fromDay, untilDay };
}

/** `revoke-grant SLUG …`; the grant of a course that no longer exists can be revoked, too. */
export async function revokeAs(slug: string, args: string[], how: string, say: Say): Promise<number> {
  const options = checked(slug, args, how);
  const from = await granteeOf(options);
  const access = (await accessToCourses()).find(each => each.slug === slug);
  if (!access && !(await currentCourse(slug))) throw new Error(await unknownCourse(slug));
  const unitId = options.unit === '' ? '' : await unitCalled(options.unit, from.id);
  if (!(await revokeGrant(slug, from.id, byOperator(), unitId))) {
    say(`${slug}: not granted to ${from.words}, nothing to change`);
    return 0;
  }
  say(
    `${slug}: no longer granted to ${from.words}. People who have started can finish, and certificates stay valid`,
  );
  if (from.organisation && (await isGranted((await openOrganisation()).id, slug, Date.now())))
    say(`${slug} is granted to everyone, so they can still take it`);
  return 0;
}

/** The options, where they make sense together. */
function checked(slug: string, args: string[], how: string): Options {
  const options = read(args);
  const { organisation, everyone, unit, 'by-unit': byUnit, from, last } = options;
  const isWrong =
    slug === '' ||
    (organisation === undefined) !== everyone ||
    (everyone && [unit, from, last].some(value => value !== '')) ||
    (byUnit && (everyone || unit !== ''));
  if (isWrong) throw new Error(how);
  return options;
}

/** The grantee that the options name: everyone, or one organisation by its id or its name, or a unit of it. */
async function granteeOf({ organisation: named, unit }: Options): Promise<Grantee> {
  // The open organisation stands for everyone.
  if (named === undefined)
    return { id: (await openOrganisation()).id, words: 'everyone who signs up here', organisation: null };
  const one = await organisationCalled(named);
  if (one.kind === 'open')
    throw new Error(`Everyone who signs up here belongs to "${one.name}". Use --everyone if you mean that`);
  const words = unit === '' ? `people of ${one.name}` : `people of ${one.name} in ${unit} and below`;
  return { id: one.id, words, organisation: one };
}

async function unknownCourse(slug: string): Promise<string> {
  const slugs = (await accessToCourses()).flatMap(each => (each.isRestricted ? each.slug : []));
  return `There is no course "${slug}". Restricted courses: ${slugs.join(', ') || 'none'}`;
}

/** `grants`: each restricted course with its grants, or nobody. */
export async function listGrants(say: Say): Promise<number> {
  for (const access of await accessToCourses()) {
    if (access.grants.length === 0) say(`${access.slug}  no one`);
    for (const each of access.grants) say(lineOf(access, each));
  }
  return 0;
}

/** `requests`: those that wait for an administrator of the installation. A grant answers them. */
export async function listRequests(say: Say): Promise<number> {
  for (const {
    courseSlug,
    organisation,
    organisationId,
    unit,
    by,
    reason,
    askedAt,
  } of await requestsForInstallation())
    say(
      `${courseSlug}  ${organisation} (${organisationId})${unit === null ? '' : `, ${unit}`}  asked on ${isoDay(askedAt)} by ${by}: ${reason}`,
    );
  return 0;
}

function lineOf(access: CourseAccess, grant: GrantFacts) {
  const { isToEveryone, organisation, organisationId, unit, isByUnit, grantedAt, by } = grant;
  const where = unit === null ? (isByUnit ? ', by unit' : '') : `, ${unit} and below`;
  const to = isToEveryone ? 'everyone' : `${organisation} (${organisationId})${where}`;
  return `${access.slug}  ${to}  since ${isoDay(grantedAt)}${daysOf(grant)}  ${by === null ? 'at the command line' : `by ${by}`}${effectOf(access)}`;
}

const daysOf = ({ fromDay, untilDay }: GrantFacts): string =>
  [fromDay && `, from ${fromDay}`, untilDay && `, last day ${daysAfter(untilDay, -1)}`]
    .filter(Boolean)
    .join('');

const isoDay = (ms: number): string => new Date(Number(ms)).toISOString().slice(0, 10);

function effectOf({ title, isRestricted }: CourseAccess): string {
  if (isRestricted) return '';
  return title === null
    ? '  (no effect: this course does not exist)'
    : '  (no effect: the course is open to everyone)';
}

/** Whoever runs the server, without an account. */
const byOperator = () => ({ actorId: null, now: Date.now() });
