import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MeasurementKind } from '../../server/teaching/follow-up/kinds.js';
import { newId } from '../../server/platform/lib/ids.js';
import { countedFigures } from '../../server/background.js';
import { countFacts } from '../../server/platform/sums/count.js';
import { recountFigure, type SumFault } from '../../server/platform/sums/recount.js';
import { onOwnDatabase } from '../bench/own-database.js';
import { finished, type Score } from '../teaching/follow-up/measured.js';
import {
  changeResult,
  keepUncounted,
  madeUpAttempt,
  type MadeUp,
  type Place,
} from '../support/quizzes/made-up-attempts.js';
import { count, write } from '../support/rows.js';
import { eraseAccountOf, erasingIn, forgetLeaver, forgettingOrganisation } from './random-erasures.js';
import { ruleByChance } from './random-rulings.js';

// `tsx test/scale/recounted.ts 1000000`: so many submissions, changed results, finished forms, rulings and erasures by chance, on a database of its own (an empty
// PostgreSQL where `DATABASE_URL` names one). Sums are counted meanwhile as the worker counts them. Then everything is counted anew and compared; then some sums are made wrong, found, and mended.

const steps = Number(process.argv[2] ?? 1_000_000);
/** Kept with one commit, and people who are remembered, to submit again, have a result changed or be erased. */
const [TOGETHER, REMEMBERED] = [500, 5_000];
/** In the first tenth somebody rules so many times: a ruling grades a part of all that was handed in again. */
const RULINGS = 10;
/** Some of its questions ask for a record, the words of which are erased. */
const QUIZ = 'see-respond-report';
/** What is measured in a cycle, each once. */
const KINDS: readonly MeasurementKind[] = ['baseline', 'post', 'refresher-7', 'refresher-30'];
const say = (line: string) => process.stdout.write(`${line}\n`);

const folder = mkdtempSync(join(tmpdir(), 'safe-passage-recounted-'));
try {
  await onOwnDatabase(recounted, { quiz: QUIZ, url: process.env.DATABASE_URL });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function recounted(place: Place): Promise<void> {
  const { submitted, left, changed, forms, ruled, erased, forgotten } = await happen(place);
  say(`${submitted} submissions, ${left} tries left open, ${forms} finished forms`);
  say(`${changed} changed results, ${ruled} more by ${RULINGS} rulings`);
  say(`${erased} people erased, ${forgotten} forgotten by an organisation that they left`);
  say(`counted anew: ${(await faults(false)).length} of ${await count('kept_sums')} sums differ`);
  const planted = await plant();
  const found = await faults(true);
  say(
    `made wrong: ${planted} sums; found: ${found.length}; after mending, ${(await faults(false)).length} differ`,
  );
}

/** Whatever happens, in parts of many, counted after each; gives how much of what. */
async function happen(place: Place) {
  const tally = { submitted: 0, left: 0, changed: 0, forms: 0, ruled: 0, erased: 0, forgotten: 0 };
  const people: MadeUp[] = [];
  const deps = erasingIn(folder);
  const organisation = await forgettingOrganisation();
  const administrator = await someAdministrator();
  let rulings = 0;
  for (let done = 0; done < steps;) {
    const batch: MadeUp[] = [];
    for (; batch.length < TOGETHER && done < steps; done += 1) {
      const at = randomInt(Math.max(1, people.length));
      const [chance, by] = [randomInt(1_000), people[at]];
      if (!by || chance >= 400) batch.push(madeUpAttempt(place, { isOpen: randomInt(50) === 0 }));
      else if (chance < 4) {
        people.splice(0, people.length, ...people.filter(({ user }) => user !== by.user));
        await eraseAccountOf(by.user, deps);
        tally.erased += 1;
      } else if (chance < 5) {
        await forgetLeaver(organisation, by.user, deps);
        tally.forgotten += 1;
      } else if (chance < 50) tally.forms += await finishForm(place, by);
      else if (chance < 170 && !by.isOpen) {
        await changeResult(by.attempt, otherPoints);
        tally.changed += 1;
      } else batch.push(madeUpAttempt(place, { by, round: done + 2, isOpen: randomInt(50) === 0 }));
    }
    await keepUncounted(batch);
    tally.left += batch.filter(({ isOpen }) => isOpen).length;
    tally.submitted += batch.filter(({ isOpen }) => !isOpen).length;
    for (const each of batch)
      people[people.length < REMEMBERED ? people.length : randomInt(REMEMBERED)] = each;
    if (rulings < RULINGS && done >= ((rulings + 1) * steps) / (10 * RULINGS)) {
      rulings += 1;
      tally.ruled += await ruleByChance(place, administrator);
    }
    for (const figure of countedFigures) await countFacts(figure, Date.now());
    if (done % 100_000 < TOGETHER) say(`${done} of ${steps}`);
  }
  return tally;
}

async function someAdministrator(): Promise<string> {
  const id = newId();
  await write(
    `insert into users (id, email, name, is_administrator, created_at) values ($1, $1, 'Somebody', $2, 1)`,
    [id, true],
  );
  return id;
}

/** They finish another form of the course, with points by chance; gives how many. */
async function finishForm({ organisation: organisationId, versionId }: Place, by: MadeUp): Promise<number> {
  const done = await count('measurements where cycle_id = $1', [by.cycle]);
  const kind = KINDS[done];
  if (!kind) return 0;
  const scores = Array.from({ length: 6 }, (_, at): Score => ['module', `objective-${at}`, randomInt(101)]);
  const cycle = { id: by.cycle, organisationId, userId: by.user, courseVersionId: versionId };
  await finished(cycle, kind, scores);
  return 1;
}

/** As a ruling would: of some questions the points that another key gives, and now and then one that counts no more. */
function otherPoints(result: string): string {
  const slots = JSON.parse(result) as { points: number }[];
  return JSON.stringify(
    slots.map(slot => ({
      ...slot,
      points: randomInt(2) === 0 ? slot.points : 100 - slot.points,
      ...(randomInt(20) === 0 ? { void: true } : {}),
    })),
  );
}

async function faults(mends: boolean): Promise<SumFault[]> {
  const found: SumFault[] = [];
  for (const figure of countedFigures)
    await recountFigure(figure, { mends, clock: Date.now }, fault => found.push(fault));
  return found;
}

/** Makes some sums wrong, past the program; gives how many. */
async function plant(): Promise<number> {
  const [first, signals] = [`name = '' and part = '1 first'`, `part = 'signals'`];
  const planted = (await count(`kept_sums where ${first}`)) + (await count(`kept_sums where ${signals}`));
  await write(`update kept_sums set sums = replace(sums, '"n":', '"n":1') where ${first}`);
  await write(`delete from kept_sums where ${signals}`);
  return planted;
}
