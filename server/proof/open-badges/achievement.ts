/** One version of a course, as a certificate describes it. */
export type AchievedCourse = {
  slug: string;
  title: string;
  summary: string;
  version: number;
  criteria: string;
  /** The subject, and what was assessed. Older awards have none. */
  certificate?: { subject: string; showed: string };
  /** Laws and standards whose duties the course supports. Older awards have none. */
  supports?: readonly Supported[];
};

/** A text that the course supports, and what may be said of it. Older awards say nothing, and no more than that it is supported. */
type Supported = { name: string; framework: string; url: string; claim?: SupportClaim };

/**
 * What a certificate may say of a law, a standard or a guideline: no more than the map of rules says. `context`: it asks nobody
 * for training.
 */
export type SupportClaim = 'supports' | 'supports-with-gap' | 'context';

/** A quiz that has to be passed, and the percentage that passes it. */
export type RequiredQuiz = { id: string; title: string; requiredPercent: number };

/** The name of the result that holds the length; no module has it. */
export const LENGTH = 'planned-length';

/** The name of a badge where it is shown: the course and its subject, since the title alone may not name it. */
export const achievementName = ({ title, certificate }: AchievedCourse): string =>
  certificate ? `${title}: ${certificate.subject}` : title;

const describe = ({ summary, certificate }: AchievedCourse): string =>
  certificate ? `Awareness training in ${certificate.subject}. ${certificate.showed}` : summary;

/** What a signed achievement says of its course. `showed`: what was assessed. Older awards name no subject. */
export function readAchievement(achievement: {
  name: string;
  description: string;
  criteria?: { narrative?: string };
}): { title: string; subject: string | null; showed: string } {
  const { name, description, criteria } = achievement;
  const [, subject, showed] = /^Awareness training in ([^.:]+)\. (.+)$/.exec(description) ?? [];
  if (subject && showed && name.endsWith(`: ${subject}`)) {
    return { title: name.slice(0, -`: ${subject}`.length), subject, showed };
  }
  return { title: name, subject: null, showed: criteria?.narrative ?? description };
}

/**
 * A published course version never changes, so neither does what this address stands for. What those who renew had to do is
 * another achievement.
 */
export function achievementUrl(
  baseUrl: string,
  { slug, version }: Pick<AchievedCourse, 'slug' | 'version'>,
  path?: 'renewal',
): string {
  return `${baseUrl}/achievements/${slug}/v${version}${path ? `/${path}` : ''}`;
}

/**
 * What a certificate is for, as each certificate states it and as its address (`url`) does. It is a `CertificateOfCompletion`
 * (Open Badges 3.0, AchievementType) even where it expires: the course is awareness training, and nobody is certified to do
 * anything.
 */
export function describeAchievement(
  { course, modules }: { course: AchievedCourse; modules: readonly RequiredQuiz[] },
  url: string,
) {
  const { supports = [] } = course;
  return {
    id: url,
    type: ['Achievement'],
    achievementType: 'CertificateOfCompletion',
    name: achievementName(course),
    description: describe(course),
    version: String(course.version),
    criteria: { id: url, narrative: course.criteria },
    ...(supports.length > 0 && { alignment: supports.map(alignment) }),
    resultDescription: [
      ...modules.map(({ id, title, requiredPercent }) => ({
        id: `${url}#${id}`,
        type: ['ResultDescription'],
        name: title,
        resultType: 'Percent',
        valueMin: '0',
        valueMax: '100',
        requiredValue: String(requiredPercent),
      })),
      length(url),
    ],
  };
}

/**
 * The planned length of the course, in minutes. Not `creditsEarned`: that counts semester or quarter hours, and nobody
 * grants any for this.
 */
const length = (url: string) => ({
  id: `${url}#${LENGTH}`,
  type: ['ResultDescription'],
  name: 'Planned length in minutes',
  resultType: 'ext:Minutes',
});

const APPROVED_BY_NOBODY = 'This does not mean that any authority has approved the course.';

/** By the claim. Of an older award: what it says, as it says it. */
const SUPPORTED = {
  supports: `The course supports this duty. ${APPROVED_BY_NOBODY}`,
  'supports-with-gap': `The course covers part of what this asks for. ${APPROVED_BY_NOBODY}`,
  context: `The course uses this text. The text does not ask for training. ${APPROVED_BY_NOBODY}`,
  older: 'The course supports this duty. This is not a claim that anybody approved the course.',
} as const;

const alignment = ({ name, framework, url, claim }: Supported) => ({
  type: ['Alignment'],
  targetName: name,
  targetFramework: framework,
  targetUrl: url,
  targetDescription: SUPPORTED[claim ?? 'older'],
});
