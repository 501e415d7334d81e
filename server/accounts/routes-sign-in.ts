import { Router } from 'express';
import type { WebDeps } from '../http/deps.js';
import { parseForm, typed } from '../http/forms.js';
import { actorOf } from '../http/page.js';
import { limits } from '../http/rate-limits.js';
import { NEUTRAL_PLACE } from '../http/security.js';
import { spoken } from '../i18n/spoken.js';
import { withCourse } from './chosen-course.js';
import { signInForm } from './forms.js';
import { askToConfirm, normaliseEmail } from './registration.js';
import type { createSignIn } from './sign-in.js';
import { LIFETIME } from './tokens.js';

/** Signing in and out, and leaving in a hurry. */
export function signingIn(deps: WebDeps, { signIn, signOut }: ReturnType<typeof createSignIn>): Router {
  const { show, clock, limits: counts, secrets, courseNamed } = deps;
  const router = Router();
  const t = spoken;
  /** The course that a visitor came for, as links and forms hand it on. */
  const chosenIn = (from: unknown) => courseNamed(typed(from, 'course'));

  router.get('/sign-in', async (req, res) => {
    const course = await chosenIn(req.query);
    if (actorOf(req)) return res.redirect(303, withCourse('/learning', course));
    const changed = 'changed' in req.query;
    show(
      req,
      res,
      'accounts/sign-in',
      { values: {}, errors: {}, next: nextPage(req.query), course, changed },
      { nav: 'sign-in' },
    );
  });

  router.post('/sign-in', async (req, res, next) => {
    const email = normaliseEmail(typed(req.body, 'email'));
    await counts.consume(limits.signInByAddress, req.ip ?? '', clock());
    const form = parseForm(signInForm, req.body, t);
    const course = await chosenIn(req.body);
    // An empty address is nobody's account: its tries must not add up for everyone.
    if (form.ok) await counts.consume(limits.signInByAccount, email, clock());
    const result = form.ok ? await signIn(req, res, next) : null;
    if (result?.kind === 'in') {
      await counts.forgive(limits.signInByAccount, email);
      return res.redirect(303, nextPage(req.body) || withCourse('/learning', course));
    }
    if (result?.kind === 'blocked') return show(req, res, 'accounts/blocked', {}, { status: 403 });
    if (result?.kind === 'unconfirmed') {
      await counts.consume(limits.mailByAccount, email, clock());
      await askToConfirm(result.userId, { key: secrets.links, now: clock(), course: course || null });
      const minutes = LIFETIME['confirm-address'] / 60_000;
      return show(
        req,
        res,
        'accounts/check-mail',
        { kind: 'sign-up', minutes, again: withCourse('/sign-up', course) },
        { status: 403 },
      );
    }
    const errors = form.ok ? { password: t('errors.sign-in') } : form.errors;
    const values = {
      values: { email: typed(req.body, 'email') },
      errors,
      next: nextPage(req.body),
      course,
      changed: false,
    };
    show(req, res, 'accounts/sign-in', values, { status: 422, nav: 'sign-in' });
  });

  router.post('/sign-out', async (req, res) => {
    await signOut(req);
    res.set('Clear-Site-Data', '"cache", "storage"').redirect(303, '/sign-in');
  });

  // Without script the browser follows this away; with it, app.js replaces the page in the history first.
  router.post('/exit', async (req, res) => {
    await signOut(req);
    res.set('Clear-Site-Data', '"cache", "storage"').redirect(303, NEUTRAL_PLACE);
  });

  return router;
}

/** A page of ours to go on to, or nothing: never an address of another site. */
function nextPage(from: unknown): string {
  const next = typed(from, 'next');
  return /^\/(?![/\\])[\w\-./?=&%]*$/.test(next) ? next : '';
}
