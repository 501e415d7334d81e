import { Router, type Request, type Response } from 'express';
import { courseByNumber } from '../../courses/catalogue.js';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { actorOf } from '../../http/page.js';
import { formatDate } from '../../i18n/i18n.js';
import { hereIn, spoken } from '../../i18n/spoken.js';
import { parseInteger } from '../../lib/numbers.js';
import { authorise, signedIn } from '../../policy.js';
import { isCase, quizOf } from '../quiz.js';
import {
  laterKeys,
  rangeOf,
  rulingFor,
  rulesOnAnswers,
  type RulingRefusal,
  type ItemWording,
} from './proposals.js';
import { previewRegrade } from './preview-regrade.js';
import { rulingsInForce } from './rulings.js';
import { rulingsOn, type MadeRuling } from './active-rulings.js';
import { askedElsewhere, wordingsOf } from './item-versions.js';
import { prefixOf } from '../attempts/field-prefix.js';
import {
  answerForm,
  wordingComparison,
  kindChoices,
  regradeAddresses,
  rulingAddress,
  rulingText,
} from './regrade-page.js';
import { quizName } from '../quiz-name.js';
import { readRuling, type RulingForm } from './ruling-form.js';
import { statisticsAddresses } from '../item-analysis/statistics-page.js';

/** What a course may be called; anything else never reaches a query. */
const SLUG = /^[a-z0-9-]{1,80}$/;

/** Where on the form a refusal is told. */
const FIELD_OF: Readonly<Record<RulingRefusal, string>> = {
  range: 'fromVersion',
  wording: 'fromVersion',
  key: 'keyVersion',
  answer: 'answer',
  nothing: 'kind',
};

/** A question as one course version asks it in one quiz, and what was ruled on it. */
interface Place {
  readonly courseSlug: string;
  readonly version: number;
  readonly quiz: string;
  readonly itemId: string;
  readonly title: string;
  readonly wordings: readonly ItemWording[];
  readonly asked: ItemWording;
  readonly rulings: readonly MadeRuling[];
  readonly standing: MadeRuling | null;
}

/** The form on which a question is ruled on. What it asks for is previewed before anything happens. */
export function rulings({ show, config, clock }: WebDeps): Router {
  const router = Router();
  const t = spoken;
  const where = hereIn(config.timeZone);
  const guard = (req: Request) => authorise(actorOf(req), 'installation.administer', config);

  router.get('/admin/rulings/:course/:version/:quiz/:item', async (req, res) => {
    guard(req);
    await form(req, res, await placeOf(req), null);
  });

  router.post('/admin/rulings/:course/:version/:quiz/:item', async (req, res) => {
    guard(req);
    const place = await placeOf(req);
    const read = readRuling(req.body, place.asked.item);
    if (!read.ok) return form(req, res, place, { ...read, errors: inWords(read.errors) });
    const { request, reason, withdrawalReason } = read;
    const ruled = rulingFor(request, place);
    if ('refusal' in ruled) return form(req, res, place, { ...read, errors: refused(ruled.refusal, place) });
    const { courseSlug, quiz } = place;
    const proposal = { courseSlug, quiz, terms: ruled.terms, reason, withdrawalReason };
    const by = { actorId: signedIn(actorOf(req)).id, now: clock() };
    res.redirect(303, regradeAddresses(await previewRegrade(proposal, by)).page);
  });

  /** 404 for a course, version, quiz or question that is not there; a case is no question of a bank. */
  async function placeOf(req: Request): Promise<Place> {
    const { course: slug, quiz: name, item } = req.params;
    const version = parseInteger(req.params.version, { min: 1, max: 1_000_000 });
    if (version === null || !SLUG.test(String(slug))) throw new NotFound();
    const course = await courseByNumber(String(slug), version);
    const quiz = course && quizOf(course.snapshot, String(name));
    if (!quiz || isCase(quiz, { itemId: String(item), optionOrder: [] })) throw new NotFound();
    const [courseSlug, itemId] = [course.slug, String(item)];
    const wordings = await wordingsOf(courseSlug, quiz.name, itemId);
    const asked = wordings.find(each => each.version === version);
    if (!asked) throw new NotFound();
    const made = await rulingsOn(courseSlug, quiz.name);
    return {
      courseSlug,
      version,
      quiz: quiz.name,
      itemId,
      title: `${quizName(quiz.name, quiz.title, t)} · ${course.snapshot.title}`,
      wordings,
      asked,
      rulings: made.filter(ruling => ruling.itemId === itemId).toReversed(),
      standing: rulingsInForce(made, version).get(itemId) ?? null,
    };
  }

  const inWords = (errors: RulingForm['errors']): Record<string, string> =>
    Object.fromEntries(Object.entries(errors).map(([field, key]) => [field, t(key)]));

  /** A field that the page does not have is not named: then it is the choice above it that cannot be made. */
  function refused(refusal: RulingRefusal, { wordings, version }: Place): Record<string, string> {
    const isShown = refusal !== 'key' || laterKeys(wordings, version).length > 0;
    return { [isShown ? FIELD_OF[refusal] : 'kind']: t(`regrade.refusal.${refusal}`) };
  }

  async function form(req: Request, res: Response, place: Place, sent: RulingForm | null): Promise<void> {
    const { wordings, version, asked, courseSlug, quiz } = place;
    const { from, to } = rangeOf(wordings, version);
    const values = {
      title: place.title,
      itemId: place.itemId,
      back: {
        href: statisticsAddresses({ courseSlug, version, quiz, only: 'first' }).quiz,
        text: place.title,
      },
      ...wordingComparison(wordings, version, t),
      rulings: place.rulings.map(ruling => ({
        said: rulingText(ruling, t),
        reason: ruling.reason,
        when: formatDate(ruling.createdAt, where),
        stands: ruling === place.standing,
      })),
      elsewhere: (await askedElsewhere(asked.item, place)).map(other => ({
        text: `${quizName(other.quiz, other.title, t)} · ${other.course}`,
        href: rulingAddress({ ...other, itemId: place.itemId }),
      })),
      action: rulingAddress(place),
      kinds: kindChoices(place, t),
      keys: laterKeys(wordings, version).map(later => ({
        value: String(later.version),
        label: t('statistics.versionNumber', { number: later.version }),
      })),
      answer: rulesOnAnswers(asked.item) ? answerForm(asked) : null,
      prefix: prefixOf(1),
      response: sent?.response ?? {},
      values: sent?.values ?? { fromVersion: String(from), toVersion: String(to) },
      errors: sent?.errors ?? {},
    };
    show(req, res, 'quizzes/regrading/new', values, { status: sent ? 422 : 200, nav: 'admin' });
  }

  return router;
}
