import type { Quiz } from '../../server/quizzes/quiz-model.js';
import { forgetPerson } from '../../server/accounts/people.js';
import { certificateOf, type CertificateFacts } from '../../server/certificates/queries.js';
import {
  awardHash,
  ENTRY_COLUMNS,
  entryHash,
  STORED_COLUMNS,
  type LedgerRow,
  type StoredCertificate,
} from '../../server/certificates/ledger/hash.js';
import { buildCredential } from '../../server/open-badges/credential.js';
import { signSeal } from '../../server/certificates/ledger/seal.js';
import { signCredential } from '../../server/open-badges/sign.js';
import { courseVersion, currentCourse, type PublishedCourse } from '../../server/courses/catalogue.js';
import { questionTypes } from '../../server/questions/question-types.js';
import type { Param } from '../../server/db/lanes.js';
import { row, rows } from './rows.js';
import { inTransaction } from '../../server/db/transaction.js';
import { requiredLessons, steps } from '../../server/learning/completion.js';
import { enrol, findCycle, type CycleFacts } from '../../server/learning/enrolments.js';
import { finishLesson } from '../../server/learning/progress.js';
import { newId } from '../../server/lib/ids.js';
import { openOrganisation } from '../../server/organisations/memberships.js';
import { attemptsAt, findAttempt, type AttemptFacts } from '../../server/quizzes/attempts/attempts.js';
import { saveAnswer } from '../../server/quizzes/attempts/save-answer.js';
import { submitAttempt } from '../../server/quizzes/attempts/submit.js';
import { standingAt, startAttempt } from '../../server/quizzes/attempts/start/start.js';
import { itemIn, quizOf } from '../../server/quizzes/quiz.js';
import { finishRemediation } from '../../server/quizzes/remediation/completions.js';
import type { Answer } from '../../server/questions/answer.js';
import type { Item, OptionItem } from '../../server/questions/item.js';
import type { Client, Page } from '../../server/smoke/client.js';
import { person, signedIn, type Person } from './people.js';
import { world } from './world.js';

/** The course that tests take: open to everyone, and the shortest. */
export const COURSE = 'airline-and-transport';
/** Its first module. */
export const MODULE = 'foundations';

export async function course(slug = COURSE): Promise<PublishedCourse> {
  const found = await currentCourse(slug);
  if (!found) throw new Error(`${slug} is not published: does "npm run cli -- content check" pass?`);
  return found;
}

/** Enrols a person by the verb, past the pages. */
export async function enrolled({ id }: { id: string }, slug = COURSE): Promise<CycleFacts> {
  const { id: organisationId } = await openOrganisation();
  return enrol({ userId: id, organisationId, course: await course(slug), now: Date.now() });
}

/** Reads all lessons that count, of one module or of the whole course. */
export async function readLessons(cycle: CycleFacts, module?: string): Promise<void> {
  const { snapshot } = await courseVersion(cycle.courseVersionId);
  await inTransaction(async () => {
    for (const each of snapshot.modules.filter(({ slug }) => module === undefined || slug === module)) {
      for (const { name } of requiredLessons(each)) {
        await finishLesson(cycle, { module: each.slug, lesson: name }, Date.now());
      }
    }
  });
}

/** The names of all quizzes of a round, in order. */
export async function quizzesOf(cycle: CycleFacts): Promise<string[]> {
  const { snapshot } = await courseVersion(cycle.courseVersionId);
  return steps(snapshot).flatMap(step => (step.kind === 'quiz' ? step.quiz : []));
}

export async function quizIn(cycle: CycleFacts, name = MODULE): Promise<Quiz> {
  const { snapshot } = await courseVersion(cycle.courseVersionId);
  const quiz = quizOf(snapshot, name);
  if (!quiz) throw new Error(`There is no quiz ${name}`);
  return quiz;
}

/** Works through the safety rules that the last attempt missed, past the pages. */
export async function workThrough(cycle: CycleFacts, quiz: Quiz): Promise<void> {
  const earlier = await attemptsAt(cycle.id, quiz.name);
  const { rules } = await standingAt(cycle.id, quiz, earlier, Date.now());
  const last = earlier.at(-1);
  for (const rule of rules) if (last) await finishRemediation(last, { rule, itemId: 'R1-001' }, Date.now());
}

/** Starts, answers and hands in one quiz; what a failed attempt left to work through is done first. */
export async function takeQuiz(cycle: CycleFacts, name: string, answer = rightAnswer): Promise<AttemptFacts> {
  const quiz = await quizIn(cycle, name);
  const { id } = await inTransaction(async () => {
    await workThrough(cycle, quiz);
    const attempt = await startAttempt(cycle, quiz, Date.now());
    await answerAll(attempt, quiz, answer);
    await submitAttempt(attempt, quiz, Date.now());
    return attempt;
  });
  const done = await findAttempt(id);
  if (!done) throw new Error('The attempt is gone');
  return done;
}

/** Answers every question of an open attempt. */
export async function answerAll(attempt: AttemptFacts, quiz: Quiz, answer = rightAnswer): Promise<void> {
  for (const [index, drawn] of attempt.form.entries()) {
    const response = answer(itemIn(quiz, drawn).item);
    for (const [sequence, step] of stepsOf(response).entries()) {
      await saveAnswer(attempt, quiz, { slot: index + 1, sequence, response: step }, Date.now());
    }
  }
}

/** An answer as it is saved: the path of a case decision by decision, every other answer at once. */
const stepsOf = (response: Answer): Answer[] =>
  Array.isArray(response.path)
    ? response.path.map((_, index) => ({ path: response.path?.slice(0, index + 1) ?? [] }))
    : [response];

/** An open attempt with the given items in this order, for tests that need a certain question. */
export async function attemptWith(
  cycle: CycleFacts,
  quiz: Quiz,
  items: readonly Item[],
): Promise<AttemptFacts> {
  const attempt = await startAttempt(cycle, quiz, Date.now());
  const form = items.map(item => ({ itemId: item.id, optionOrder: optionsOf(item).map(({ id }) => id) }));
  await write('update attempts set form = $1 where id = $2', [JSON.stringify(form), attempt.id]);
  return { ...attempt, form };
}

/** Lessons read and every quiz passed but those named. */
export async function almostThrough(cycle: CycleFacts, butFor: readonly string[]): Promise<void> {
  const quizzes = await quizzesOf(cycle);
  await inTransaction(async () => {
    await readLessons(cycle);
    for (const quiz of quizzes.filter(name => !butFor.includes(name))) await takeQuiz(cycle, quiz);
  });
  await world().worker.drain();
}

/** A round with everything done, and its certificate. */
export async function completed(holder: { id: string }, slug = COURSE) {
  const cycle = await enrolled(holder, slug);
  await almostThrough(cycle, []);
  const certificate = await certificateOf(cycle.id);
  if (!certificate?.credential) throw new Error('No certificate was issued');
  return { cycle, certificate: certificate as CertificateFacts & { credential: string; sha256: string } };
}

/** Somebody with a certificate who is not signed in. */
export async function holder(name = 'Ada Marlow') {
  const somebody = await person({ name });
  return { holder: somebody, ...(await completed(somebody)) };
}

/** Somebody with a certificate, and the browser they are signed in with. */
export async function signedInHolder(name = 'Ada Marlow') {
  const somebody = await signedIn({ name });
  return { holder: somebody, ...(await completed(somebody)) };
}

/** Makes a certificate one that was awarded so many days ago and has ended: signed as it would have been then. */
export async function expire(certificate: CertificateFacts, days = 400): Promise<void> {
  const { issuer } = world();
  const awardedAt = Date.now() - days * 86_400_000;
  // The end is explained from the rule: here it is a plain year.
  const rule = { ...certificate.facts.validity?.rule, months: 12, snap: 'none' as const };
  const facts = {
    ...certificate.facts,
    awardedAt,
    validUntil: awardedAt + 365 * 86_400_000,
    validity: { rule, previousEnd: null },
  };
  const { text, sha256 } = await signCredential({
    ...issuer,
    credential: buildCredential(facts),
    now: awardedAt,
  });
  await write(
    'update certificates set facts = $1, awarded_at = $2, valid_until = $3, credential = $4, sha256 = $5 where id = $6',
    [JSON.stringify(facts), awardedAt, facts.validUntil, text, sha256, certificate.id],
  );
  await enterAnew(certificate.id);
  await sealAnew(certificate.id);
}

/** Seals a certificate as its row is now. */
export async function sealAnew(id: string): Promise<void> {
  const stored = await row<StoredCertificate>(
    `select ${STORED_COLUMNS.text} from certificates c where c.id = $1`,
    [id],
  );
  if (!stored) throw new Error('The certificate is gone');
  const seal = await signSeal(awardHash(stored), world().issuer, Date.now());
  await write('update certificates set seal = $1 where id = $2', [seal, id]);
}

/** Makes the ledger tell of a certificate as its row is now, as somebody can who has no key. */
export async function enterAnew(id: string): Promise<void> {
  const stored = await row<StoredCertificate>(
    `select ${STORED_COLUMNS.text} from certificates c where c.id = $1`,
    [id],
  );
  const found = await row<LedgerRow>(
    `select ${ENTRY_COLUMNS.text} from issuance_ledger e where certificate_id = $1`,
    [id],
  );
  if (!stored || !found) throw new Error('The certificate is not in the ledger');
  const { previousHash, hash: _was, ...entry } = found;
  const [text, award] = [stored.sha256 ?? '', awardHash(stored)];
  const hash = entryHash({ ...entry, sha256: text, awardSha256: award }, previousHash);
  await write('update issuance_ledger set sha256 = $1, award_sha256 = $2, hash = $3 where seq = $4', [
    text,
    award,
    hash,
    entry.seq,
  ]);
  await write('update certificates set ledger_head = $1 where id = $2', [hash, id]);
}

/** Somebody signed in, the lessons of the module read, and its quiz not begun. */
export async function readyForQuiz(slug = COURSE, module = MODULE) {
  const learner = await signedIn();
  const cycle = await enrolled(learner, slug);
  await readLessons(cycle, module);
  const start = `/learning/${cycle.id}/quizzes/${module}`;
  return { learner, browser: learner.browser, cycle, start, quiz: await quizIn(cycle, module) };
}

/** The round as stored now. */
export async function freshCycle({ id }: CycleFacts): Promise<CycleFacts> {
  const found = await findCycle(id);
  if (!found) throw new Error('The round is gone');
  return found;
}

/** The right answer to an item; it reads like the form fields of its page. */
export const rightAnswer = (item: Item): Answer => questionTypes.of(item).correctResponse(item);

/** A complete answer with as little right in it as there can be. */
export const wrongAnswer = (item: Item): Answer => questionTypes.of(item).wrongResponse(item);

export const optionsOf = (item: Item) => (item as Partial<OptionItem>).options ?? [];

/** Sends a form that no page of this browser holds, with a token that is its own. */
export async function send(
  browser: Client,
  path: string,
  fields: Record<string, string | readonly string[]> = {},
): Promise<Page> {
  // Every page of somebody who is signed in has a form; for visitors this one does.
  const { text } = await browser.get('/sign-in');
  const token = /name="_csrf" value="([^"]*)"/.exec(text)?.[1] ?? '';
  return browser.post(path, { _csrf: token, ...fields });
}

/** Gives a person a role in an organisation, the open one unless another is named. */
export async function appoint(
  { id }: Person,
  role: 'manager' | 'auditor',
  organisationId?: string,
): Promise<void> {
  const organisation = organisationId ?? (await openOrganisation()).id;
  await write(
    'insert into memberships (id, organisation_id, user_id, role, created_at) values ($1, $2, $3, $4, $5)',
    [newId(), organisation, id, role, Date.now()],
  );
  forgetPerson(id);
}

/** Ends all roles of a person. */
export async function dismiss({ id }: Person): Promise<void> {
  await write('update memberships set ended_at = $1 where user_id = $2', [Date.now(), id]);
  forgetPerson(id);
}

/** Another organisation than the open one. */
export async function otherOrganisation(): Promise<string> {
  const id = newId();
  await write(
    `insert into organisations (id, slug, name, kind, time_zone, created_at) values ($1, $1, 'Northern Air', 'customer', 'UTC', $2)`,
    [id, Date.now()],
  );
  return id;
}

/** One statement, kept. */
export const write = (sql: string, params: readonly Param[] = []) => inTransaction(() => rows(sql, params));

/** How many rows a condition finds. */
export async function count(from: string, params: readonly Param[] = []): Promise<number> {
  return Number((await row<{ n: number }>(`select count(*) as n from ${from}`, params))?.n);
}

/** The words of a page, as a reader sees them. */
export const plain = (html: string): string =>
  html
    .replace(/<script[\s\S]*?<\/script>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
