import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../../../../server/config.js';
import { submitAttempt } from '../../../../../server/teaching/quizzes/attempts/submit.js';
import type { AttemptFacts } from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import { toSlot } from '../../../../../server/teaching/quizzes/drawing/draw-form.js';
import type { Answer } from '../../../../../server/teaching/questions/answer.js';
import type { Item, OptionItem } from '../../../../../server/teaching/questions/item.js';
import { questionTypes } from '../../../../../server/teaching/questions/question-types.js';
import { formOf } from '../../../../../server/workshop/smoke/client.js';
import { fromUs, raw, type RawAnswer } from '../../../../platform/http/raw.js';
import { attemptWith, readyForQuiz } from '../../../../support/walk.js';
import { optionsOf, rightAnswer, wrongAnswer } from '../../../../support/answers.js';
import { ownWorld } from '../../../../support/world.js';
import { ownContent } from '../../../../support/content/own-content.js';

type Ready = Awaited<ReturnType<typeof readyForQuiz>>;

/** One question of each type that the bank has. */
const oneOfEach = (items: readonly Item[]): Item[] => [
  ...new Map(items.toReversed().map(item => [item.type, item])).values(),
];

/** A learner with an open attempt on these questions. */
async function ready(pick: (items: readonly Item[]) => Item[] = oneOfEach) {
  const learner = await readyForQuiz('volunteers', 'survivor-trauma');
  const items = pick(learner.quiz.items);
  return { ...learner, items, attempt: await attemptWith(learner.cycle, learner.quiz, items) };
}

/** Sends an answer as the page of the question does, and shows the reply as it comes over the wire. */
async function reply(
  { browser }: Ready,
  attempt: AttemptFacts,
  { slot, answer, accept }: { slot: number; answer: Answer; accept: string },
): Promise<RawAnswer> {
  const page = await browser.get(`/attempts/${attempt.id}/questions/${slot}`);
  const action = `/attempts/${attempt.id}/answers/${slot}`;
  const body = new URLSearchParams(formOf(page.text, action)?.hidden);
  for (const [name, value] of Object.entries(answer))
    for (const each of [value].flat()) body.append(name, each);
  const headers = { ...fromUs(), accept, cookie: browser.cookie };
  return raw(action, { method: 'POST', headers, body: body.toString() });
}

/** What may differ from one request to the next: names, moments and tokens, all of the same length. */
const alike = (text: string): string =>
  text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id')
    .replace(/name="_csrf" value="[^"]*"/g, 'token')
    .replace(/nonce(-|=")[\w+/=-]+/g, 'nonce')
    .replace(/"savedAt":\d+/g, 'moment');

const wire = ({ status, headers, text }: RawAnswer) => {
  const { date: _date, etag: _etag, 'set-cookie': cookies, ...others } = headers;
  return {
    status,
    headers: alike(JSON.stringify(others)).replace(/"(x-request-id|reporting-endpoints)":"[^"]*"/g, ''),
    cookies: cookies?.length ?? 0,
    text: alike(text),
  };
};

describe('the key of a question stays where it is', () => {
  ownWorld();
  for (const accept of ['text/html', 'application/json']) {
    it(`in the reply to an answer (${accept}): the same bytes for a right and a wrong one`, async () => {
      const [one, other] = [await ready(), await ready()];
      for (const [index, item] of one.items.entries()) {
        const slot = index + 1;
        const right = await reply(one, one.attempt, { slot, answer: rightAnswer(item), accept });
        const wrong = await reply(other, other.attempt, { slot, answer: wrongAnswer(item), accept });
        expect(wire(wrong), item.type).to.deep.equal(wire(right));
        expect(right.status, item.type).to.be.oneOf([200, 303]);
      }
    });
  }

  it('in the size of the pages that follow', async () => {
    const [one, other] = [await ready(), await ready()];
    for (const [index, item] of one.items.entries()) {
      const sizes = [];
      for (const [learner, answer] of [
        [one, rightAnswer(item)],
        [other, wrongAnswer(item)],
      ] as const) {
        await reply(learner, learner.attempt, { slot: index + 1, answer, accept: 'text/html' });
        const { id } = learner.attempt;
        const pages = [`/attempts/${id}/questions/${index + 1}`, `/attempts/${id}/review`, '/learning'];
        const texts = await Promise.all(pages.map(page => learner.browser.get(page)));
        // A report is shown as it was typed: that is the learner's own, whatever its length.
        sizes.push(
          texts.map(({ text }) => alike(text).length - (item.type === 'report' ? typed(answer) : 0)),
        );
      }
      expect(sizes[0], item.type).to.deep.equal(sizes[1]);
    }
  });

  it('in the time: nothing is graded or explained before the attempt is submitted', async () => {
    const learner = await ready();
    const { attempt, items, browser, quiz } = learner;
    const answers = items.map(item => [wrongAnswer(item), rightAnswer(item)]);
    const counted = countCalls();
    try {
      for (const [index, both] of answers.entries()) {
        for (const answer of both) {
          await reply(learner, attempt, { slot: index + 1, answer, accept: 'text/html' });
          await browser.get(`/attempts/${attempt.id}/review`);
        }
      }
      expect(counted.calls).to.deep.equal([]);
      await submitAttempt(attempt, { ...quiz, pass: 1 }, Date.now());
      expect(counted.calls.length).to.be.at.least(items.length);
    } finally {
      counted.restore();
    }
  });

  it('in the files that every page may load', () => {
    const assets = join(projectRoot, 'views/assets');
    const files = readdirSync(assets, { recursive: true, withFileTypes: true }).filter(
      file => file.isFile() && /\.(js|css|svg|json)$/.test(file.name),
    );
    expect(files.length).to.be.greaterThan(2);
    const { items, stems } = wholeContent();
    for (const file of files) {
      const text = readFileSync(join(file.parentPath, file.name), 'utf8');
      expect(
        items.filter(({ id }) => text.includes(id)),
        file.name,
      ).to.deep.equal([]);
      expect(
        stems.filter(stem => text.includes(stem)),
        file.name,
      ).to.deep.equal([]);
    }
  });

  it('in the scripts of the page of a question', async () => {
    const { browser, attempt, items } = await ready();
    for (const index of items.keys()) {
      const { text } = await browser.get(`/attempts/${attempt.id}/questions/${index + 1}`);
      const inline = [...text.matchAll(/<script\b(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
        ([, code]) => code ?? '',
      );
      expect(inline.filter(code => code.trim() !== '')).to.deep.equal([]);
    }
  });

  it('in the order of the options: over the forms, the right one of a question stands everywhere equally often', () => {
    const ofOneKey = wholeContent().items.filter(
      (item): item is Item & OptionItem =>
        optionsOf(item).length > 0 && (item as Item & OptionItem).key.length === 1,
    );
    expect(ofOneKey.length).to.be.greaterThan(200);
    let [sum, freedom] = [0, 0];
    for (const item of ofOneKey) {
      const counts = Array<number>(item.options.length).fill(0);
      for (let form = 0; form < 60; form += 1) {
        const { optionOrder } = toSlot(item, `form ${form} of ${item.id}`);
        counts[optionOrder.indexOf(item.key[0] ?? '')]! += 1;
      }
      sum += chiSquare(counts);
      freedom += counts.length - 1;
    }
    // With so many degrees of freedom chi-square is normal, with this mean and twice it as variance.
    expect(Math.abs(sum - freedom)).to.be.below(3.5 * Math.sqrt(2 * freedom));
  });

  it('in the order of the steps: the right order comes no more often than any other', () => {
    const items = wholeContent().items.filter(({ type }) => type === 'ordering') as (Item & OptionItem)[];
    let [right, forms, expected] = [0, 0, 0];
    for (const item of items) {
      for (let form = 0; form < 200; form += 1) {
        forms += 1;
        expected += 1 / factorial(item.key.length);
        if (toSlot(item, `form ${form} of ${item.id}`).optionOrder.join() === item.key.join()) right += 1;
      }
    }
    expect(forms).to.be.greaterThan(1000);
    // Three and a half standard deviations of a count of rare events.
    expect(Math.abs(right - expected)).to.be.below(3.5 * Math.sqrt(expected));
  });
});

function chiSquare(counts: readonly number[]): number {
  const even = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - even) ** 2 / even, 0);
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

const typed = (answer: Answer): number => Object.values(answer).flat().join('').length;

function wholeContent(): { items: Item[]; stems: string[] } {
  const loaded = ownContent();
  const { modules, final } = loaded.content;
  const items = [...modules.flatMap(module => module.items), ...(final?.items ?? [])];
  return { items, stems: items.map(({ stem }) => stem) };
}

/** What tells right from wrong. */
const TELLING = ['grade', 'unsafe', 'review', 'explain', 'correctResponse', 'wrongResponse'] as const;

/** Counts how often any type of question is asked what is right. */
function countCalls() {
  const calls: string[] = [];
  const undo = questionTypes.names.flatMap(name => {
    const type = questionTypes.named(name);
    return TELLING.map(method => {
      const own = type[method] as (...args: unknown[]) => unknown;
      Object.assign(type, {
        [method](...args: unknown[]) {
          calls.push(`${name}.${method}`);
          return own.apply(type, args);
        },
      });
      return () => Object.assign(type, { [method]: own });
    });
  });
  return { calls, restore: () => undo.forEach(each => each()) };
}
