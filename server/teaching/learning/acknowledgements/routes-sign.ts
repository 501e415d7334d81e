import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { signatureFault } from '../../../platform/lib/text/typed-signature.js';
import { signedIn } from '../../../policy.js';
import { addresses } from '../cycle-addresses.js';
import { load } from '../routes-load.js';
import { signedValues } from './signed-page.js';
import { signStatement, toSign } from './signing.js';

const PAGE = '/learning/:cycle/acknowledgement';

/** A statement that whoever has completed a course is asked to sign, by typing their name. */
export function signingPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(PAGE, on(showStatement));
  router.post(PAGE, on(sign));
  return router;
}

async function showStatement(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await page(deps, req, res, {});
}

async function sign(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { cycle } = await load(req);
  const typedName = typed(req.body, 'name').trim();
  const account = signedIn(actorOf(req)).name;
  const fault = signatureFault(typedName, account);
  if (fault) return page(deps, req, res, { name: spoken(`signature.${fault}`, { account }) });
  const asked = { statementId: typed(req.body, 'statement'), typedName };
  if ((await signStatement(cycle, asked, deps.clock())) === 'changed')
    return page(deps, req, res, { form: spoken('acknowledgement.error.changed') });
  res.redirect(303, `${addresses(cycle.id).acknowledgement}?done=acknowledgement-signed`);
}

async function page({ show, config }: WebDeps, req: Request, res: Response, errors: Record<string, string>) {
  const { cycle, course } = await load(req);
  const found = await toSign(cycle.id);
  if (!found || (found.signed === null && found.asked.length === 0)) throw new NotFound();
  const { asked, signed } = found;
  const wanted = typed(req.query, 'language') || typed(req.body, 'language');
  const chosen = asked.find(({ locale }) => locale === wanted) ?? asked[0] ?? null;
  const to = addresses(cycle.id);
  const values = {
    course: course.snapshot.title,
    back: to.course,
    action: to.acknowledgement,
    statement: chosen && { id: chosen.id, text: chosen.text, locale: chosen.locale },
    others: asked
      .filter(({ id }) => id !== chosen?.id)
      .map(({ locale }) => ({
        locale,
        href: `${to.acknowledgement}?language=${encodeURIComponent(locale)}`,
      })),
    signed: signed && signedValues(signed, config.timeZone),
    paper: to.signedPaper,
    name: typed(req.body, 'name'),
    errors,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'teaching/learning/acknowledgements/sign', values, { status, nav: 'learning' });
}
