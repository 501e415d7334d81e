/** One version of a course, as a certificate describes it. */
export type AchievedCourse = {
  slug: string;
  title: string;
  summary: string;
  version: number;
  criteria: string;
  /** Laws and standards whose duty the course supports. Awards of earlier days have none. */
  supports?: readonly Supported[];
};

type Supported = { name: string; framework: string; url: string };

/** A quiz that has to be passed, and from which percentage on it is. */
export type RequiredQuiz = { id: string; title: string; requiredPercent: number };

/** Names the result that tells the length; no module is called so. */
export const LENGTH = 'planned-length';

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
    name: course.title,
    description: course.summary,
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
