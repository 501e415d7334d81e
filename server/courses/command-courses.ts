import { parseArgs } from 'node:util';
import { openOrganisation, organisationCalled } from '../organisations/memberships.js';
import { currentCourse } from './catalogue.js';
import { listChanges, propose } from './changes/command-changes.js';
import {
  accessToCourses,
  grantCourse,
  isGranted,
  revokeGrant,
  type CourseAccess,
  type GrantFacts,
} from './grants.js';

type Say = (line: string) => void;

const HOW =
  'courses: use grants, grant SLUG or revoke-grant SLUG with --organisation ID-OR-NAME or --everyone, changes, or propose SLUG minor|material --says "WHAT CHANGED"';

/** To whom a course is granted. */
interface Grantee {
  readonly id: string;
  readonly words: string;
  readonly isEveryone: boolean;
}

/**
 * `courses grants | grant SLUG … | revoke-grant SLUG … | changes | propose SLUG …`, at the command line. Granting a course to everyone needs `--yes`.
 * Returns the exit code: 0, also when nothing changes; 2 where `--yes` is missing. Throws an error with a sentence when
 * something named does not exist.
 */
export async function runCourses(args: string[], say: Say): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      organisation: { type: 'string' },
      everyone: { type: 'boolean' },
      yes: { type: 'boolean' },
      says: { type: 'string' },
    },
  });
  const [verb, slug = ''] = positionals;
  if (verb === 'grants') return list(say);
  if (verb === 'changes') return listChanges(say);
  if (verb === 'propose') return propose(positionals.slice(1), values.says ?? '', say);
  if (verb !== 'grant' && verb !== 'revoke-grant') throw new Error(HOW);
  if (slug === '' || (values.organisation === undefined) === !values.everyone) throw new Error(HOW);
  return verb === 'grant'
    ? grant(slug, values, say)
    : revoke(slug, await granteeOf(values.organisation), say);
}

async function grant(
  slug: string,
  { organisation, yes }: { organisation?: string | undefined; yes?: boolean | undefined },
  say: Say,
): Promise<number> {
  const course = await currentCourse(slug);
  if (!course) throw new Error(await unknownCourse(slug));
  if (!course.snapshot.restricted) {
    say(`${slug} is open to everyone and needs no grant`);
    return 0;
  }
  const to = await granteeOf(organisation);
  if (to.isEveryone && !yes && !(await isGranted(to.id, slug))) {
    say(
      `Everyone who signs up here, strangers included, could take ${slug} at once. Say it again with --yes to do it.`,
    );
    return 2;
  }
  const isNew = await grantCourse(slug, to.id, byOperator());
  say(
    isNew
      ? `${slug}: ${to.words} can take it now`
      : `${slug}: granted to ${to.words} already, nothing to change`,
  );
  return 0;
}

async function revoke(slug: string, from: Grantee, say: Say): Promise<number> {
  // The grant of a course that no longer exists can be revoked, too.
  const access = (await accessToCourses()).find(each => each.slug === slug);
  if (!access && !(await currentCourse(slug))) throw new Error(await unknownCourse(slug));
  if (!(await revokeGrant(slug, from.id, byOperator()))) {
    say(`${slug}: not granted to ${from.words}, nothing to change`);
    return 0;
  }
  say(
    `${slug}: not granted to ${from.words} any more; whoever has begun can finish, and certificates stay valid`,
  );
  if (!from.isEveryone && (await isGranted(from.id, slug)))
    say(`${slug} is granted to everyone, so they can still take it`);
  return 0;
}

/** The grantee that the options name: everyone, or one organisation by its id or its name. */
async function granteeOf(named: string | undefined): Promise<Grantee> {
  // The open organisation stands for everyone.
  if (named === undefined)
    return { id: (await openOrganisation()).id, words: 'everyone who signs up here', isEveryone: true };
  const one = await organisationCalled(named);
  if (one.kind === 'open')
    throw new Error(`Everyone who signs up here belongs to "${one.name}": say --everyone if you mean that`);
  return { id: one.id, words: `people of ${one.name}`, isEveryone: false };
}

async function unknownCourse(slug: string): Promise<string> {
  const slugs = (await accessToCourses()).flatMap(each => (each.isRestricted ? each.slug : []));
  return `There is no course "${slug}". Courses that can be granted: ${slugs.join(', ') || 'none'}`;
}

async function list(say: Say): Promise<number> {
  for (const access of await accessToCourses()) {
    if (access.grants.length === 0) say(`${access.slug}  nobody`);
    for (const each of access.grants) say(lineOf(access, each));
  }
  return 0;
}

function lineOf(
  access: CourseAccess,
  { isToEveryone, organisation, organisationId, grantedAt, by }: GrantFacts,
) {
  const to = isToEveryone ? 'everyone' : `${organisation} (${organisationId})`;
  const since = new Date(grantedAt).toISOString().slice(0, 10);
  return `${access.slug}  ${to}  since ${since}  ${by === null ? 'at the command line' : `by ${by}`}${effectOf(access)}`;
}

function effectOf({ title, isRestricted }: CourseAccess): string {
  if (isRestricted) return '';
  return title === null ? '  (no effect: no such course)' : '  (no effect: the course is open to everyone)';
}

/** Whoever runs the server, without an account. */
const byOperator = () => ({ actorId: null, now: Date.now() });
