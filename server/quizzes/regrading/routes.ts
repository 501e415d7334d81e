import { Router, type Request, type Response } from 'express';
import { courseByNumber } from '../../courses/catalogue.js';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { actorOf } from '../../http/page.js';
import { formatDate, formatTime } from '../../i18n/i18n.js';
import { hereIn, spoken } from '../../i18n/spoken.js';
import { isId } from '../../lib/ids.js';
import { parseInteger } from '../../lib/numbers.js';
import { typed } from '../../http/forms.js';
import { authorise, can, signedIn } from '../../policy.js';
import { quizOf } from '../quiz.js';
import { endRegrade, isStopped, resumeRegrades } from './apply.js';
import { changesResultOf, findRegrade, progressOfRegrade, tallyOf, type RegradeFacts } from './regrades.js';
import { confirmRegrade } from './confirm-regrade.js';
import { previewAgain } from './preview-regrade.js';
import { askedIn } from './item-versions.js';
import { linesCsv } from './regrade-csv.js';
import { changeLine, regradeAddresses, rulingAddress, rulingText, tallyRows } from './regrade-page.js';
import { quizName } from '../quiz-name.js';
import { regradeLines, rulingsBefore, type LineRow } from './lines-and-log.js';

/** Rows on one page of a list. */
const PAGE = 50;
/** Rows of a file that are held at one time. */
const PART = 1000;

/** A ruling from its preview on: what it would change, putting it into force, how far it is, and the log of all. */
export function regrades({ show, config, clock, settle }: WebDeps): Router {
  const router = Router();
  const t = spoken;
  const place = hereIn(config.timeZone);
  const moment = (ms: number) => `${formatDate(ms, place)}, ${formatTime(ms, place)}`;
  const guard = (req: Request) => authorise(actorOf(req), 'installation.administer', config);
  const by = (req: Request) => ({ actorId: signedIn(actorOf(req)).id, now: clock() });

  router.get('/admin/rulings', async (req, res) => {
    guard(req);
    const before = parseInteger(typed(req.query, 'before'), { min: 1, max: 1_000_000_000 });
    const found = await rulingsBefore(before ?? 1_000_000_000, PAGE);
    const last = found.at(-1);
    const question = typed(req.query, 'query').trim();
    const values = {
      question,
      places: (await askedIn(question)).map(asking => ({
        text: `${quizName(asking.quiz, asking.title, t)} · ${asking.course}`,
        href: rulingAddress({ ...asking, itemId: asking.item.id }),
      })),
      rulings: await Promise.all(
        found.map(async ruling => ({
          ...(await titles(ruling, ruling.toVersion)),
          itemId: ruling.itemId,
          href: regradeAddresses(ruling.regradeId).page,
          said: rulingText(ruling, t),
          reason: ruling.reason,
          who: ruling.who,
          when: formatDate(ruling.at, place),
          attempts: Number(ruling.attempts),
        })),
      ),
      next: found.length === PAGE && last ? `/admin/rulings?before=${last.number}` : null,
    };
    show(req, res, 'quizzes/regrading/log', values, { nav: 'admin' });
  });

  router.get('/admin/regrades/:id', async (req, res) => {
    guard(req);
    await page(req, res, await load(req), null);
  });

  router.get('/admin/regrades/:id/changes.csv', async (req, res) => {
    guard(req);
    const { id } = await load(req);
    res
      .set('Content-Type', 'text/csv; charset=utf-8; header=present')
      .set('Content-Disposition', `attachment; filename="regrade-${id}.csv"`)
      .set('Cache-Control', 'no-store');
    let after = '';
    for (;;) {
      const lines = await regradeLines(id, after, PART);
      res.write(linesCsv(lines, mayName(req), { isFirst: after === '' }));
      const last = lines.at(-1);
      if (!last || lines.length < PART) return res.end();
      after = last.attemptId;
    }
  });

  router.post('/admin/regrades/:id/preview', async (req, res) => {
    guard(req);
    res.redirect(303, regradeAddresses(await previewAgain(await load(req), by(req))).page);
  });

  router.post('/admin/regrades/:id/application', async (req, res) => {
    guard(req);
    const regrade = await load(req);
    authorise(actorOf(req), 'regrade.apply', await concerns(req, regrade));
    const confirmed = await confirmRegrade(regrade.id, by(req));
    if (confirmed.kind === 'look-again') {
      const { came } = confirmed;
      const text = came > 0 ? t('regrade.stale.came', { count: came }) : t('regrade.stale.other');
      return page(req, res, regrade, text);
    }
    await settle();
    res.redirect(303, regradeAddresses(regrade.id).page);
  });

  router.post('/admin/regrades/:id/continuation', async (req, res) => {
    guard(req);
    const regrade = await load(req);
    await resumeRegrades(clock());
    await settle();
    res.redirect(303, regradeAddresses(regrade.id).page);
  });

  router.post('/admin/regrades/:id/end', async (req, res) => {
    guard(req);
    const regrade = await load(req);
    if (regrade.state !== 'done') await endRegrade(regrade, by(req));
    res.redirect(303, regradeAddresses(regrade.id).page);
  });

  async function load(req: Request): Promise<RegradeFacts> {
    const regrade = await findRegrade(req.params.id);
    // A preview that died half-way says nothing that may be relied on.
    if (regrade?.lookedAt == null) throw new NotFound();
    return regrade;
  }

  const concerns = async (req: Request, { id }: RegradeFacts) => ({
    changesOwn: await changesResultOf(id, signedIn(actorOf(req)).id),
  });

  const mayName = (req: Request) => (line: LineRow) => can(actorOf(req), 'attempt.identify', line);

  async function page(
    req: Request,
    res: Response,
    regrade: RegradeFacts,
    stale: string | null,
  ): Promise<void> {
    const after = typed(req.query, 'after');
    const lines = await regradeLines(regrade.id, isId(after) ? after : '', PAGE);
    const last = lines.at(-1);
    const to = regradeAddresses(regrade.id);
    const { done, lines: count, changed } = await progressOfRegrade(regrade.id);
    const tally = await tallyOf(regrade.id);
    // Where results were left as they are, the figures stay those of the preview.
    const isDone = regrade.state === 'done' && done >= count;
    const values = {
      ...(await titles(regrade, regrade.fromVersion)),
      itemId: regrade.itemId,
      formHref: rulingAddress({ ...regrade, version: regrade.fromVersion }),
      state: regrade.state,
      isOwn: !can(actorOf(req), 'regrade.apply', await concerns(req, regrade)),
      isDone,
      stale,
      facts: factsOf(regrade),
      lookedAt: t('regrade.lookedAt', { count: regrade.lookedAt ?? 0 }),
      tally: tallyRows(tally, isDone, t),
      changing: tally.changes.passed + tally.changes.points + tally.changes.withdrawn,
      withdraws: regrade.withdrawalReason !== null,
      progress: { done, count },
      isStopped: await isStopped(regrade),
      changed,
      lines: lines.map(line =>
        changeLine(
          line,
          { name: mayName(req)(line) ? line.name : null, date: formatDate(line.submittedAt, place) },
          t,
        ),
      ),
      next: lines.length === PAGE && last ? `${to.page}?after=${last.attemptId}` : null,
      to,
    };
    show(req, res, 'quizzes/regrading/regrade', values, { status: stale === null ? 200 : 409, nav: 'admin' });
  }

  function factsOf(regrade: RegradeFacts) {
    const { reason, withdrawalReason, createdAt, confirmedAt, finishedAt, seenHash } = regrade;
    const fact = (key: string, value: string | null, code = false) =>
      value === null ? [] : [{ label: t(`regrade.fact.${key}`), value, code }];
    return [
      ...fact('ruling', rulingText(regrade, t)),
      ...fact('reason', reason),
      ...fact('passes', withdrawalReason === null ? t('regrade.passesKept') : t('regrade.passesWithdrawn')),
      ...fact('withdrawal', withdrawalReason),
      ...fact('previewed', moment(createdAt)),
      ...fact('confirmed', confirmedAt === null ? null : moment(confirmedAt)),
      ...fact('finished', finishedAt === null ? null : moment(finishedAt)),
      ...fact('hash', seenHash?.slice(0, 16) ?? null, true),
    ];
  }

  /** How the course and the quiz are called in one of the versions. */
  async function titles({ courseSlug, quiz }: { courseSlug: string; quiz: string }, version: number) {
    const course = await courseByNumber(courseSlug, version);
    const asked = course && quizOf(course.snapshot, quiz);
    return { course: course?.snapshot.title ?? courseSlug, quiz: quizName(quiz, asked?.title ?? quiz, t) };
  }

  return router;
}
