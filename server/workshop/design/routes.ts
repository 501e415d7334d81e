import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Router, type Request, type Response } from 'express';
import { projectRoot } from '../../config.js';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { handlersWith } from '../../platform/http/handlers.js';
import type { PageOptions } from '../../platform/http/page.js';
import { hereIn, offeredLocales, spoken, spokenLocale } from '../../platform/i18n/spoken.js';
import { ownView } from '../../platform/lib/own-view.js';
import { documentation } from './documentation.js';
import { GROUPS } from './examples.js';
import { contrast } from '../../platform/lib/contrast.js';
import { coloursOf, schemeStyles } from './colour-tokens.js';

const CHOICES = { scheme: ['light', 'dark'], dir: ['ltr', 'rtl'] } as const;

interface DesignDeps extends WebDeps {
  /** What each component's template says of itself. */
  readonly parts: ReturnType<typeof documentation>;
  /** The style sheet of the product, and that of these pages. */
  readonly css: string;
  readonly own: string;
}

/**
 * The parts that pages are made of, shown with all their states, for those who make pages. Not mounted where the settings
 * leave it out; nothing links here.
 */
export function design(deps: WebDeps): Router {
  const router = Router();
  if (!deps.config.designPage) return router;
  const view = (path: string) => readFileSync(join(projectRoot, 'views', path), 'utf8');
  const on = handlersWith<DesignDeps>({
    ...deps,
    parts: documentation(),
    css: view('assets/app.css'),
    own: view('workshop/design/design.css'),
  });
  router.get('/design/style.css', on(sendStyles));
  router.get('/design', on(showColours));
  router.get('/design/:group', on(showGroup));
  return router;
}

function sendStyles({ css, own }: DesignDeps, req: Request, res: Response): void {
  const scheme = chosen(req, 'scheme');
  res.type('css').set('Cache-Control', 'no-cache');
  res.send(scheme ? own + schemeStyles(css, scheme) : own);
}

function showColours({ show, css }: DesignDeps, req: Request, res: Response): void {
  const colours = coloursOf(css).map(colour => ({ ...colour, ...contrasts(colour) }));
  show(req, res, 'workshop/design/index', { colours, ...frame(req, '/design') }, directed(req));
}

function showGroup({ show, config, parts }: DesignDeps, req: Request, res: Response): void {
  const group = String(req.params.group);
  const make = Object.hasOwn(GROUPS, group) && GROUPS[group];
  if (!make) throw new NotFound();
  const examples = make({ t: spoken, place: hereIn(config.timeZone) }).map(example => ({
    ...example,
    ...documented(parts, example.component),
  }));
  const values = { group, examples, ...frame(req, `/design/${group}`) };
  show(req, res, 'workshop/design/group', values, directed(req));
}

function documented(parts: DesignDeps['parts'], component: string) {
  const { room = '', about = '', parameters = [] } = parts.get(component) ?? {};
  return { about, parameters, view: ownView(`components/${room}/${component}`) };
}

const chosen = <K extends keyof typeof CHOICES>(
  req: Request,
  name: K,
): (typeof CHOICES)[K][number] | undefined => CHOICES[name].find(value => value === req.query[name]);

const directed = (req: Request): PageOptions => {
  const dir = chosen(req, 'dir');
  return dir ? { dir } : {};
};

/** The links between the groups, and those that show the same page in another way; each keeps what the others chose. */
function frame(req: Request, path: string) {
  const now = { scheme: chosen(req, 'scheme'), dir: chosen(req, 'dir'), locale: spokenLocale() };
  const query = (changed: Partial<Record<keyof typeof now, string | undefined>>): string => {
    const pairs = Object.entries({ ...now, ...changed }).filter((pair): pair is [string, string] =>
      Boolean(pair[1]),
    );
    return new URLSearchParams(pairs).toString();
  };
  const link = (name: keyof typeof now, value: string | undefined) => ({
    value: value ?? 'own',
    href: `${path}?${query({ [name]: value })}`,
    isNow: now[name] === value,
  });
  return {
    noindex: true,
    groups: Object.keys(GROUPS).map(name => ({ name, href: `/design/${name}?${query({})}` })),
    home: `/design?${query({})}`,
    style: `/design/style.css${now.scheme ? `?scheme=${now.scheme}` : ''}`,
    switches: {
      scheme: [undefined, ...CHOICES.scheme].map(value => link('scheme', value)),
      dir: [undefined, ...CHOICES.dir].map(value => link('dir', value)),
      locale: offeredLocales(true).map(value => link('locale', value)),
    },
  };
}

/** How a colour stands out from the page in each scheme. */
const contrasts = ({ light, dark }: { light: string; dark: string }) => ({
  onLight: contrast(light, '#ffffff').toFixed(1),
  onDark: contrast(dark, '#0f1e23').toFixed(1),
});
