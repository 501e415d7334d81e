/** One version of a course, as a certificate describes it. */
export type AchievedCourse = {
  slug: string;
  title: string;
  summary: string;
  version: number;
  criteria: string;
  /** What it was about and what was assessed. Awards of earlier days have none. */
  certificate?: { subject: string; showed: string };
  /** Laws and standards whose duty the course supports. Awards of earlier days have none. */
  supports?: readonly Supported[];
};

type Supported = { name: string; framework: string; url: string };

/** A quiz that has to be passed, and from which percentage on it is. */
export type RequiredQuiz = { id: string; title: string; requiredPercent: number };

/** Names the result that tells the length; no module is called so. */
export const LENGTH = 'planned-length';

/** What a badge is called where it is shown: the course and its subject, for the title alone may name neither. */
export const achievementName = ({ title, certificate }: AchievedCourse): string =>
  certificate ? `${title}: ${certificate.subject}` : title;

const describe = ({ summary, certificate }: AchievedCourse): string =>
  certificate ? `Awareness training in ${certificate.subject}. ${certificate.showed}` : summary;

/** What a signed achievement says of its course. `showed`: what was assessed; awards of earlier days name no subject. */
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

/** A published course version never changes, so neither does what this address stands for. */
export function achievementUrl(
  baseUrl: string,
  { slug, version }: Pick<AchievedCourse, 'slug' | 'version'>,
): string {
  return `${baseUrl}/achievements/${slug}/v${version}`;
}

/**
 * What a certificate is for, as each certificate says it and as its address (`url`) does. `ends`: whether such a
 * certificate ends some day.
 */
export function describeAchievement(
  { course, modules, ends }: { course: AchievedCourse; modules: readonly RequiredQuiz[]; ends: boolean },
  url: string,
) {
  const { supports = [] } = course;
  return {
    id: url,
    type: ['Achievement'],
    achievementType: ends ? 'Certification' : 'CertificateOfCompletion',
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
 * How long the course is planned to take, in minutes. Not `creditsEarned`: that counts semester or quarter
 * hours, and nobody grants any for this.
 */
const length = (url: string) => ({
  id: `${url}#${LENGTH}`,
  type: ['ResultDescription'],
  name: 'Planned length in minutes',
  resultType: 'ext:Minutes',
});

const alignment = ({ name, framework, url }: Supported) => ({
  type: ['Alignment'],
  targetName: name,
  targetFramework: framework,
  targetUrl: url,
  targetDescription: 'The course supports this duty. This is not a claim that anybody approved the course.',
});
