import { expect } from 'chai';
import type { QuizPolicy } from '../../../../server/teaching/content/schema/policy-schema.js';
import { requiredLessons } from '../../../../server/teaching/learning/completion.js';
import { startAttempt } from '../../../../server/teaching/quizzes/attempts/start/start.js';
import type { Client, Page } from '../../../../server/workshop/smoke/client.js';
import { under } from '../../../support/quizzes/policies.js';
import { almostThrough, course, takeQuiz, workThrough } from '../../../support/walk.js';
import { wrongAnswer } from '../../../support/answers.js';
import { ownWorld } from '../../../support/world.js';

type Learner = Awaited<ReturnType<typeof under>>;
type Step = (learner: Learner) => Promise<unknown>;

const start: Step = ({ cycle, quiz }) => startAttempt(cycle, quiz, Date.now());
const fail: Step = ({ cycle, quiz }) => takeQuiz(cycle, quiz.name, wrongAnswer);
const mendRules: Step = ({ cycle, quiz }) => workThrough(cycle, quiz);

const WAIT = { coolDown: { minutes: 60, grows: false } };
const ONCE = { attempts: 1, ask: 'Ask the head of training.' };

/** How a learner comes to stand at a quiz, and what the page of the quiz offers then. */
const STATES: readonly [
  state: string,
  policy: Partial<QuizPolicy>,
  steps: readonly Step[],
  leadsTo: RegExp,
][] = [
  ['quiz', {}, [], /action="[^"]+\/attempts"/],
  ['open', {}, [start], /action="[^"]+\/attempts"/],
  ['open', { timeLimit: 45 }, [start], /action="[^"]+\/attempts"/],
  ['rules', {}, [fail], /href="[^"]+\/remediation\/[\w-]+"/],
  ['again', {}, [fail, mendRules], /action="[^"]+\/attempts"/],
  ['rules', WAIT, [fail], /href="[^"]+\/remediation\/[\w-]+"/],
  ['wait', WAIT, [fail, mendRules], /href="[^"]+\/lessons\//],
  ['spent', ONCE, [fail], /href="[^"]+\/lessons\//],
  ['spent', { ...ONCE, ...WAIT }, [fail, mendRules], /href="[^"]+\/lessons\//],
];

/** The panel of what is next: how it stands, and where its button leads. */
function nextOn({ text }: Page) {
  const [, state, panel = ''] = /data-next="(\w+)"([\s\S]*?)<\/section>/.exec(text) ?? [];
  return { state, href: /class="button[^"]*" href="([^"]+)"/.exec(panel)?.[1] ?? '', panel };
}

async function follow(browser: Client, href: string): Promise<string> {
  const { status, text } = await browser.get(href);
  expect(status, href).to.equal(200);
  return text.slice(text.indexOf('<main'));
}

describe('a quiz that was tried', () => {
  ownWorld();
  for (const [state, policy, steps, leadsTo] of STATES) {
    const how = [Object.keys(policy).join(' and ') || 'no limits', `${steps.length} steps`].join(', ');

    it(`is "${state}" on the pages of its course, whose button leads to what can be done (${how})`, async () => {
      const learner = await under(policy);
      for (const step of steps) await step(learner);
      const { browser, cycle, quiz } = learner;
      for (const path of [`/learning/${cycle.id}`, `/learning/${cycle.id}/modules/${quiz.name}`]) {
        const next = nextOn(await browser.get(path));
        expect(next.state, path).to.equal(state);
        expect(await follow(browser, next.href), next.href).to.match(leadsTo);
        expect(next.panel.includes('<time datetime='), 'shows a wait').to.equal(state === 'wait');
      }
    });
  }

  it('can be the final, too: the page of the course says what its page waits for', async () => {
    const learner = await under(WAIT);
    const { browser, cycle } = learner;
    await almostThrough(cycle, ['final']);
    const { id } = await takeQuiz(cycle, 'final', wrongAnswer);
    expect(nextOn(await browser.get(`/learning/${cycle.id}`))).to.include({
      state: 'rules',
      href: `/attempts/${id}/remediation`,
    });
    // A lesson that is read again leads there, too, not to a page on which nothing can be done.
    const module = (await course()).snapshot.modules.find(({ slug }) => slug === learner.quiz.name);
    const last = module && requiredLessons(module).at(-1)?.name;
    const lesson = `/learning/${cycle.id}/modules/${module?.slug}/lessons/${last}`;
    await browser.get(lesson);
    expect((await browser.submit(`${lesson}/completion`)).path).to.equal(`/attempts/${id}/remediation`);
  });
});
