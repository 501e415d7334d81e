import { Router, type Request, type Response } from 'express';
import { courseVersion } from '../../courses/catalogue.js';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { typed } from '../../http/forms.js';
import { actorOf } from '../../http/page.js';
import { spoken } from '../../i18n/spoken.js';
import { nextStep } from '../../learning/completion.js';
import { addresses } from '../../learning/cycle-addresses.js';
import { stepHref } from '../../learning/next-up.js';
import { findCycle, type CycleFacts } from '../../learning/enrolments.js';
import { confirmedName, confirmName } from '../../learning/naming.js';
import { progressOf } from '../../learning/progress.js';
import { authorise, signedIn } from '../../policy.js';
import { readName } from './printable-name.js';

interface Shown {
  /** The name as the certificate would show it; null while there is none to show. */
  readonly name: string | null;
  readonly typed: string;
  readonly leftOut?: boolean;
  readonly error?: string;
}

/**
 * The name on the certificate, before the last quiz: seen as it will be printed, then confirmed. Only what was shown
 * is confirmed: another text in the field is shown first.
 */
export function nameRoutes({ show, clock }: WebDeps): Router {
  const router = Router();
  const t = spoken;

  router.get('/learning/:cycle/name', async (req, res) => {
    const { actor, cycle } = await load(req);
    if (cycle.completedAt !== null) return res.redirect(303, addresses(cycle.id).course);
    const known = (await confirmedName(cycle.id))?.name ?? actor.name;
    const read = readName(known);
    await ask(req, res, cycle, {
      name: read.ok ? read.name : null,
      typed: read.ok ? read.name : known,
      leftOut: read.ok && read.leftOut,
    });
  });

  router.post('/learning/:cycle/name', async (req, res) => {
    const { cycle } = await load(req);
    const text = typed(req.body, 'name');
    const read = readName(text);
    if (!read.ok) return ask(req, res, cycle, { name: null, typed: text, error: t(read.error) });
    if (typed(req.body, 'act') !== 'confirm' || read.name !== typed(req.body, 'shown'))
      return ask(req, res, cycle, { name: read.name, typed: read.name, leftOut: read.leftOut });
    await confirmName(cycle, read.name, clock());
    const { snapshot } = await courseVersion(cycle.courseVersionId);
    const step = nextStep(snapshot, await progressOf(cycle.id));
    res.redirect(303, step ? stepHref(cycle.id, step) : addresses(cycle.id).course);
  });

  async function ask(req: Request, res: Response, cycle: CycleFacts, shown: Shown): Promise<void> {
    const { snapshot } = await courseVersion(cycle.courseVersionId);
    const values = {
      shown: shown.name,
      value: shown.typed,
      course: snapshot.title,
      notes: [
        ...(shown.leftOut ? [t('naming.leftOut')] : []),
        ...(shown.name !== null && !(await canPrint(shown.name)) ? [t('naming.notDrawn')] : []),
      ],
      errors: shown.error ? { name: shown.error } : {},
      action: addresses(cycle.id).name,
      backHref: addresses(cycle.id).course,
    };
    const status = shown.error ? 422 : 200;
    show(req, res, 'certificates/holder/name', values, { status, nav: 'learning' });
  }

  async function load(req: Request) {
    const actor = signedIn(actorOf(req));
    const cycle = await findCycle(req.params['cycle']);
    authorise(actor, 'cycle.learn', cycle);
    if (!cycle) throw new NotFound();
    return { actor, cycle };
  }

  return router;
}

/** Fonts are loaded with the first name in another script: they take a tenth of the memory at rest. */
async function canPrint(name: string): Promise<boolean> {
  if (/^[\p{ASCII}\u00c0-\u017f]*$/u.test(name)) return true;
  const { isWhole } = await import('../documents/fonts/printable.js');
  return isWhole(name);
}
