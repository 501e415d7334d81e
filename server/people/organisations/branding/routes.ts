import { Router, type Request, type RequestHandler, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import type { HeadBrand } from '../../../platform/http/views.js';
import { formsWithFiles, uploadOf } from '../../../platform/http/files/uploads.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { isId } from '../../../platform/lib/ids.js';
import { can, signedIn } from '../../../policy.js';
import { navFor } from '../navigation.js';
import { organisationHead } from '../organisation-tabs.js';
import { organisationToOpen } from '../settings/open-organisation.js';
import { brandOf, logoOf, setColours, setLogo, type Brand } from './branding.js';
import { drawLogo } from './logo-picture.js';
import { faultOf, SCHEMES, type BrandColour } from './passing-colour.js';

const HOME = '/organisations/:id';
const PAGE = `${HOME}/settings/branding`;
const LOGO_FORM = /^\/organisations\/([\w-]+)\/settings\/branding\/logo$/;

/** The colours and the logo of an organisation, and the logo itself. */
export function brandingPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(PAGE, on(ask));
  router.post(PAGE, on(saveColours));
  router.post(`${PAGE}/logo`, on(saveLogo));
  router.post(`${PAGE}/logo/removal`, on(removeLogo));
  router.get(`${HOME}/logo.png`, on(sendLogo));
  return router;
}

/** Reads the form of a logo for those who may change it. */
export const logoForms = (): RequestHandler =>
  formsWithFiles(
    path => LOGO_FORM.test(path),
    (actor, path) => {
      const [, organisationId = ''] = LOGO_FORM.exec(path) ?? [];
      return can(actor, 'organisation.administer', { organisationId });
    },
  );

/** Finds what the head of a page shows of its reader's organisation, before the page is written. */
export const brandOfReader: RequestHandler = async (req, res, next) => {
  const actor = actorOf(req);
  res.locals.brand = actor && !actor.isDiscreet ? headOf(await brandOf(actor.memberships)) : null;
  next();
};

/** What a page's head shows; null where there is nothing to show. */
const headOf = (brand: Brand | null): HeadBrand | null =>
  brand && {
    name: brand.name,
    colour: brand.colour,
    darkColour: brand.darkColour,
    logo:
      brand.sha256 === null
        ? null
        : {
            href: `/organisations/${brand.id}/logo.png?${brand.sha256.slice(0, 8)}`,
            width: brand.width ?? 0,
            height: brand.height ?? 0,
          },
  };

type Errors = Record<string, string>;

const ask = (deps: WebDeps, req: Request, res: Response): Promise<void> => page(deps, req, res, {});

async function saveColours(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await load(req);
  const [colour, darkColour] = [typed(req.body, 'colour').trim(), typed(req.body, 'darkColour').trim()];
  const errors = { ...errorsIn('colour', colour), ...errorsIn('darkColour', darkColour) };
  if (Object.keys(errors).length > 0) return page(deps, req, res, errors);
  const chosen = { colour: colour.toLowerCase() || null, darkColour: darkColour.toLowerCase() || null };
  await setColours(organisation.id, chosen, { actorId: actor.id, now: deps.clock() });
  res.redirect(303, `${addressOf(organisation)}?done=settings`);
}

function errorsIn(field: BrandColour, text: string): Errors {
  if (text === '') return {};
  if (!/^#[0-9a-f]{6}$/i.test(text)) return { [field]: spoken('errors.colour') };
  const fault = faultOf(field, text);
  if (!fault) return {};
  const words = { ratio: (Math.floor(fault.ratio * 10) / 10).toFixed(1), nearest: fault.nearest };
  return { [field]: spoken('errors.colour-contrast', words) };
}

async function saveLogo(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await load(req);
  const file = uploadOf(req);
  if (!file || file.bytes.length === 0) return page(deps, req, res, { logo: spoken('errors.logo-none') });
  if (file.tooLarge) return page(deps, req, res, { logo: spoken('errors.logo-large') });
  const logo = drawLogo(file.bytes);
  if (typeof logo === 'string') return page(deps, req, res, { logo: spoken(logo) });
  await setLogo(organisation.id, logo, { actorId: actor.id, now: deps.clock() });
  res.redirect(303, `${addressOf(organisation)}?done=settings`);
}

async function removeLogo({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await load(req);
  await setLogo(organisation.id, null, { actorId: actor.id, now: clock() });
  res.redirect(303, `${addressOf(organisation)}?done=settings`);
}

/** For the organisation's people and those who keep it. The address names the bytes, so that they may be kept. */
async function sendLogo(_deps: WebDeps, req: Request, res: Response): Promise<void> {
  const [actor, { id }] = [signedIn(actorOf(req)), req.params];
  if (!isId(id)) throw new NotFound();
  const belongs = actor.memberships.includes(id);
  const mayKeep = can(actor, 'organisation.administer', { organisationId: id });
  const png = belongs || mayKeep ? await logoOf(id) : null;
  if (!png) throw new NotFound();
  res.set('Content-Type', 'image/png').set('Cache-Control', 'private, max-age=31536000, immutable').end(png);
}

const load = (req: Request) => organisationToOpen(actorOf(req), req.params.id, 'organisation.administer');
const addressOf = ({ id }: { id: string }): string => `/organisations/${id}/settings/branding`;

async function page({ show }: WebDeps, req: Request, res: Response, errors: Errors): Promise<void> {
  const { organisation, actor } = await load(req);
  const isTyped = 'colour' in errors || 'darkColour' in errors;
  const brand = await brandOf([organisation.id]);
  const values = {
    organisation: organisationHead(organisation, actor),
    colours: (Object.keys(SCHEMES) as BrandColour[]).map(name => ({
      name,
      value: isTyped ? typed(req.body, name) : (organisation[name] ?? ''),
    })),
    logo: headOf(brand)?.logo ?? null,
    action: addressOf(organisation),
    back: `/organisations/${organisation.id}/settings`,
    errors,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'people/organisations/branding/branding', values, { status, nav: navFor(actor) });
}
