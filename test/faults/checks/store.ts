import type { Quiz } from '../../../server/teaching/quizzes/quiz-model.js';
import type { DidDocument } from '../../../server/proof/open-badges/did.js';
import { verifyCredential } from '../../../server/proof/open-badges/verify.js';
import { courseVersion } from '../../../server/teaching/courses/catalogue.js';
import { rows, count } from '../../support/rows.js';
import { hashBeforeChain } from '../../../server/platform/events/chains.js';
import { eventHash } from '../../../server/platform/events/record.js';
import { findCycle } from '../../../server/teaching/learning/enrolments.js';
import type { DrawnSlot } from '../../../server/teaching/quizzes/drawing/draw-form.js';
import { itemIn, quizOf } from '../../../server/teaching/quizzes/quiz.js';
import type { Answer } from '../../../server/teaching/questions/answer.js';
import { Client } from '../../../server/workshop/smoke/client.js';
import type { Fault, Kept, KeptAnswer, KeptAnswers, KeptAttempt, Same } from './checks.js';
import type { Learner } from '../learners/learners.js';
import type { Told } from '../learners/told.js';

/** What the database holds of what learners sent in for their last quiz, and how to compare it with what they sent. */
export interface Answers {
  of(told: Told): KeptAnswers;
  same: Same;
}

/** Everything the database holds of the learners' last quiz. */
export interface Store {
  of(told: Told): Kept;
  same: Same;
  readonly faults: readonly Fault[];
  /** Jobs that were taken more than once: their first worker died. */
  readonly takenAgain: number;
}

type AttemptRow = KeptAttempt & { cycleId: string; form: string };

/** Reads the open database while its server is up, with nothing left for it to do. `base`: where it serves its keys. */
export async function readStore(base: string, told: readonly Told[]): Promise<Store> {
  const answers = await readAnswers(told);
  const { events, faults } = await readEvents(sampleOf(told).quiz);
  const certificates = await readCertificates(base, new Set(told.map(({ learner }) => learner.cycleId)));

  return {
    faults: [...faults, ...(await jobFaults())],
    takenAgain: await count('jobs where attempts > 1'),
    of: each => ({
      ...answers.of(each),
      events: events.get(each.learner.cycleId) ?? new Map<string, number>(),
      certificates: certificates.get(each.learner.cycleId) ?? [],
    }),
    same: answers.same,
  };
}

function sampleOf([sample]: readonly Told[]): Learner {
  if (!sample) throw new RangeError('Nobody took the quiz');
  return sample.learner;
}

/** Reads of the open database what learners sent in. */
export async function readAnswers(told: readonly Told[]): Promise<Answers> {
  const { cycleId, quiz: name } = sampleOf(told);
  const quiz = await quizNamed(cycleId, name);
  const attempts = await rows<AttemptRow>(
    `select id, cycle_id as "cycleId", form, started_at as "startedAt", submitted_at as "submittedAt", passed,
       right_answers as "rightAnswers" from attempts where quiz = $1 order by number`,
    [name],
  );
  const answers = await rows<KeptAnswer>(
    `select b.attempt_id as "attemptId", b.slot, b.sequence, b.response, b.answered_at as "answeredAt"
     from attempt_answers b join attempts a on a.id = b.attempt_id where a.quiz = $1`,
    [name],
  );
  const ofCycle = grouped(attempts, attempt => attempt.cycleId);
  const ofAttempt = grouped(answers, answer => answer.attemptId);
  const forms = new Map(attempts.map(({ id, form }) => [id, JSON.parse(form) as DrawnSlot[]]));

  return {
    of({ learner }) {
      const own = ofCycle.get(learner.cycleId) ?? [];
      return {
        attempts: own.map(attempt => ({ ...attempt, passed: Boolean(attempt.passed) })),
        answers: own.flatMap(({ id }) => ofAttempt.get(id) ?? []),
      };
    },
    same({ attemptId, slot, fields }, { response }) {
      const drawn = forms.get(attemptId)?.[slot - 1];
      if (!drawn) return false;
      const { item, type } = itemIn(quiz, drawn);
      const sent = type.parse(fields, item);
      return sent.ok && type.same(sent.response, JSON.parse(response) as Answer);
    },
  };
}

async function quizNamed(cycleId: string, name: string): Promise<Quiz> {
  const cycle = await findCycle(cycleId);
  const quiz = cycle && quizOf((await courseVersion(cycle.courseVersionId)).snapshot, name);
  if (!quiz) throw new Error(`Round ${cycleId} has no quiz ${name}`);
  return quiz;
}

interface EventRow {
  readonly chain: string;
  readonly seq: number;
  readonly name: string;
  readonly payload: string;
  readonly actorId: string | null;
  readonly organisationId: string | null;
  readonly createdAt: number;
  readonly previousHash: string;
  readonly hash: string;
}

/** Walks each chain from its first link, and counts what was told of each round (of this quiz, where one is named). */
async function readEvents(quiz: string) {
  const events = new Map<string, Map<string, number>>();
  const faults: Fault[] = [];
  let before = { chain: '', seq: 0, hash: '' };
  for (;;) {
    const page = await rows<EventRow>(
      `select chain, seq, name, payload, actor_id as "actorId", organisation_id as "organisationId",
         created_at as "createdAt", previous_hash as "previousHash", hash
       from events where (chain, seq) > ($1, $2) order by chain, seq limit 5000`,
      [before.chain, before.seq],
    );
    if (page.length === 0) return { events, faults };
    for (const { chain, previousHash, hash, ...event } of page) {
      if (chain !== before.chain) before = { chain, seq: 0, hash: hashBeforeChain(chain) };
      const payload = JSON.parse(event.payload) as { cycleId?: string; quiz?: string };
      const follows = event.seq === before.seq + 1 && previousHash === before.hash;
      if (!follows || hash !== eventHash({ ...event, payload }, previousHash)) {
        faults.push({ kind: 'chain', round: null, what: `event ${event.seq} of ${chain} does not follow` });
      }
      before = { chain, seq: event.seq, hash };
      if (payload.cycleId === undefined || (payload.quiz ?? quiz) !== quiz) continue;
      const counts = events.get(payload.cycleId) ?? new Map<string, number>();
      events.set(payload.cycleId, counts.set(event.name, (counts.get(event.name) ?? 0) + 1));
    }
  }
}

interface CertificateRow {
  readonly cycleId: string;
  readonly credential: string | null;
  readonly sha256: string | null;
}

/** The verdict on every certificate of these cycles, from its bytes, the keys and the status list alone. */
async function readCertificates(base: string, cycles: ReadonlySet<string>): Promise<Map<string, string[]>> {
  const stranger = new Client(base);
  const didDocument = JSON.parse((await stranger.bytes('/.well-known/did.json')).toString()) as DidDocument;
  const lists = new Map<string, Promise<Buffer>>();
  const listAt = (url: string) => {
    const list = lists.get(url) ?? stranger.bytes(new URL(url).pathname);
    lists.set(url, list);
    return list;
  };
  const verdictOn = async ({ credential, sha256 }: CertificateRow): Promise<string> => {
    if (credential === null) return 'never signed';
    const { credentialStatus } = JSON.parse(credential) as {
      credentialStatus: { statusListCredential: string };
    };
    const statusList = (await listAt(credentialStatus.statusListCredential)).toString();
    const now = Date.now();
    const expectSha256 = sha256 ?? '';
    return (await verifyCredential({ text: credential, didDocument, now, statusList, expectSha256 })).verdict;
  };
  const verdicts = new Map<string, string[]>();
  const stored = await rows<CertificateRow>(
    'select cycle_id as "cycleId", credential, sha256 from certificates',
  );
  for (const certificate of stored.filter(({ cycleId }) => cycles.has(cycleId))) {
    const { cycleId } = certificate;
    verdicts.set(cycleId, [...(verdicts.get(cycleId) ?? []), await verdictOn(certificate)]);
  }
  return verdicts;
}

/** Routines come and go by the clock: one that runs just now is none that was left. */
async function jobFaults(): Promise<Fault[]> {
  const left = await rows<{ reaction: string; state: string; problem: string | null }>(
    `select reaction, state, last_error as problem from jobs where state <> 'done'
     and (state = 'failed' or last_error is not null or reaction not in (select name from routines))`,
  );
  return left.map(({ reaction, state, problem }) => ({
    kind: 'job',
    round: null,
    what: `${reaction} is ${state}: ${problem ?? ''}`,
  }));
}

function grouped<T>(values: readonly T[], key: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group) group.push(value);
    else groups.set(key(value), [value]);
  }
  return groups;
}
