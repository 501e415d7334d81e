import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { parseForm, typed, typedDay } from '../../http/forms.js';
import { actorOf } from '../../http/page.js';
import { hereIn, spoken } from '../../i18n/spoken.js';
import { findCycle } from '../../learning/enrolments.js';
import { dayFrom, dayOf, endOfDay } from '../../lib/days.js';
import { parseInteger } from '../../lib/numbers.js';
import { authorise, can, signedIn } from '../../policy.js';
import { grantAttempt } from '../../quizzes/attempts/extra-attempts.js';
import { ALLOWANCES } from '../../quizzes/attempts/limits.js';
import { agreeExtraTime, extraTimesOf, organisationsOf } from '../../quizzes/attempts/time/extra-time.js';
import { blockOf } from '../../accounts/blocking.js';
import { accessValues } from './access.js';
import { limitedQuizzes } from './limited-attempts.js';
import { personValues } from './page.js';
import { personRecord } from './learning-record.js';
import { personById, type PersonRow } from './person.js';

const extraTimeForm = z.object({
  allowance: z.enum(ALLOWANCES, 'errors.allowance'),
  agreedBy: z.string('errors.agreedBy').trim().min(1, 'errors.agreedBy').max(200, 'errors.agreedBy'),
  number: z.string('errors.again'),
});

/** One person: extra time, and tries beyond a limit. Why somebody needs time is nobody's record here. */
export function personPages({ show, clock, config }: WebDeps): Router {
  const router = Router();
  const t = spoken;
  const place = hereIn(config.timeZone);
  const guard = (req: Request) => authorise(actorOf(req), 'installation.administer', config);

  router.get('/admin/people/:id', async (req, res) => {
    guard(req);
    await page(req, res, await load(req), {});
  });

  router.post('/admin/people/:id/extra-times', async (req, res) => {
    guard(req);
    const person = await load(req);
    authorise(actorOf(req), 'person.favour', { userId: person.id });
    const form = read(req.body, await organisationsOf(person.id));
    if (!form.ok) return page(req, res, person, form.errors);
    const { organisationId, ...agreed } = form.value;
    const { id: actorId } = signedIn(actorOf(req));
    await agreeExtraTime({ userId: person.id, organisationId }, agreed, { actorId, now: clock() });
    res.redirect(303, `/admin/people/${person.id}?kept`);
  });

  router.post('/admin/people/:id/attempt-grants', async (req, res) => {
    guard(req);
    const person = await load(req);
    authorise(actorOf(req), 'person.favour', { userId: person.id });
    const cycle = await findCycle(typed(req.body, 'cycle'));
    const quiz = typed(req.body, 'quiz');
    const number = parseInteger(typed(req.body, 'number'), { min: 1, max: 1000 });
    if (!cycle || cycle.userId !== person.id || number === null) throw new NotFound();
    const limited = (await limitedQuizzes(person.id, clock())).find(
      each => each.cycleId === cycle.id && each.quiz === quiz,
    );
    if (!limited) throw new NotFound();
    const { id: actorId } = signedIn(actorOf(req));
    // A form that is behind another one's grant is the same wish once more.
    if (number === limited.granted + 1) {
      await grantAttempt(cycle, { quiz, number }, { actorId, now: clock() });
    }
    res.redirect(303, `/admin/people/${person.id}?granted`);
  });

  async function page(req: Request, res: Response, person: PersonRow, errors: Record<string, string>) {
    const now = clock();
    const values = personValues(
      {
        person,
        organisations: await agreements(person),
        limited: await limitedQuizzes(person.id, now),
        now,
      },
      {
        values: {
          organisation: typed(req.body, 'organisation'),
          allowance: typed(req.body, 'allowance'),
          agreedOn: typedDay(req.body, 'agreedOn'),
          agreedBy: typed(req.body, 'agreedBy'),
          until: typedDay(req.body, 'until'),
        },
        errors,
      },
      { place, t },
    );
    const access = accessValues(
      { person, block: await blockOf(person.id), actor: signedIn(actorOf(req)) },
      { place, t },
    );
    const record = await personRecord(person.id, { isLong: 'all' in req.query, now }, { place, t });
    const told = 'kept' in req.query ? 'kept' : 'granted' in req.query ? 'granted' : null;
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    const isOwn = !can(actorOf(req), 'person.favour', { userId: person.id });
    show(
      req,
      res,
      'admin/people/person',
      { ...values, access, record, more: `/admin/people/${person.id}?all`, told, isOwn },
      { status, nav: 'admin' },
    );
  }

  /**
   * The form, with its days as moments: an agreement is not from tomorrow, and ends today at the earliest. A person with
   * one organisation is not asked for which of them it holds.
   */
  function read(body: unknown, organisations: readonly { id: string }[]) {
    const form = parseForm(extraTimeForm, body, t);
    const [only, second] = organisations;
    const organisation = second ? organisations.find(({ id }) => id === typed(body, 'organisation')) : only;
    const [agreedOn, until] = [dayFrom(typedDay(body, 'agreedOn')), dayFrom(typedDay(body, 'until'))];
    const today = dayOf(clock(), place.timeZone);
    const number = parseInteger(typed(body, 'number'), { min: 1, max: 100_000 });
    const errors = {
      ...(organisation ? {} : { organisation: t('errors.agreedOrganisation') }),
      ...(form.ok ? {} : form.errors),
      ...(!agreedOn || agreedOn > today ? { agreedOn: t('errors.agreedOn') } : {}),
      ...(until === null || (until !== '' && until < today) ? { until: t('errors.until') } : {}),
      ...(number === null ? { form: t('errors.again') } : {}),
    };
    if (!form.ok || !organisation || !agreedOn || number === null || Object.keys(errors).length > 0)
      return { ok: false as const, errors };
    const { allowance, agreedBy } = form.value;
    const untilAt = until ? endOfDay(until, place.timeZone) : null;
    return {
      ok: true as const,
      value: { organisationId: organisation.id, number, allowance, agreedOn, agreedBy, untilAt },
    };
  }

  return router;
}

async function load(req: Request): Promise<PersonRow> {
  const person = await personById(req.params.id);
  if (!person) throw new NotFound();
  return person;
}

/** A person's organisations, each with what was agreed there, newest first. */
const agreements = async ({ id: userId }: PersonRow) =>
  Promise.all(
    (await organisationsOf(userId)).map(async organisation => ({
      ...organisation,
      extraTimes: await extraTimesOf({ userId, organisationId: organisation.id }),
    })),
  );
