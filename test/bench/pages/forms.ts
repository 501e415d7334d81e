import { choicesIn, linksIn } from '../../../server/workshop/smoke/client.js';
import { inFirstQuiz } from '../learners.js';
import { cpuOf, type Measured } from '../processes.js';

/** Learners who send forms, how many of them before it counts, and how often each answers: answers stay, and nobody's attempt holds many. */
const LEARNERS = 24;
const UNMEASURED = 8;
const ANSWERS = 40;

/** What a form costs (microseconds of CPU); the page that it leads to is not asked for. */
interface FormLine {
  readonly what: string;
  readonly micros: number;
  readonly bytes: null;
}

/** Learners who change an answer again and again, and then finish their lessons: each is stored before the reply. */
export async function formLines(server: Measured, folder: string): Promise<[FormLine, FormLine]> {
  const spent = { answers: 0, lessons: 0 };
  const sent = { answers: 0, lessons: 0 };
  for (let n = 0; n < LEARNERS; n += 1) {
    const forms = await formsOf(server, folder, `learner-${n}`);
    for (const kind of ['answers', 'lessons'] as const) {
      const before = cpuOf(server);
      for (const form of forms[kind]) await post(server, form);
      if (n < UNMEASURED) continue;
      spent[kind] += cpuOf(server) - before;
      sent[kind] += forms[kind].length;
    }
  }
  return [
    { what: 'Answer a question (POST, stored)', micros: spent.answers / sent.answers, bytes: null },
    { what: 'Finish a lesson (POST, stored)', micros: spent.lessons / sent.lessons, bytes: null },
  ];
}

/** A form as a browser sends it. */
interface Form {
  readonly cookie: string;
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** What a new learner sends: one question answered now this way and now that, and every lesson that is left. */
async function formsOf(
  server: Measured,
  folder: string,
  name: string,
): Promise<{ readonly answers: Form[]; readonly lessons: Form[] }> {
  const { browser, lesson, question } = await inFirstQuiz(server.base, folder, name);
  const page = await browser.get(question);
  const [action = ''] = linksIn(page.text, /\/answers\//);
  const _csrf = /name="_csrf" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
  const { cookie } = browser;
  const choices = choicesIn(page.text);
  const asked = choices.some(choice => choice.name === 'truth') ? 'truth' : 'choice';
  const values = choices.filter(choice => choice.name === asked).map(({ value }) => value);
  const course = await browser.get(lesson.split('/modules/')[0] ?? '');
  const left: string[] = [];
  for (const module of linksIn(course.text, /\/modules\/[\w-]+$/))
    left.push(
      ...linksIn((await browser.get(module)).text, /\/lessons\/[\w-]+$/).filter(href => href !== lesson),
    );
  return {
    answers: Array.from({ length: ANSWERS }, (_, sequence) => {
      const fields = { _csrf, sequence: String(sequence), reason: 'a', [asked]: values[sequence % 2] ?? '' };
      return { cookie, action, fields };
    }),
    lessons: left.map(href => ({ cookie, action: `${href}/completion`, fields: { _csrf } })),
  };
}

async function post({ base }: Measured, { cookie, action, fields }: Form): Promise<void> {
  const response = await fetch(base + action, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      cookie,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(fields).toString(),
  });
  await response.arrayBuffer();
  if (response.status !== 303 && response.status !== 422) throw new Error(`${action} got ${response.status}`);
}
