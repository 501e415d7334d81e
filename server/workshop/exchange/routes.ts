import { Router, type Request, type Response } from 'express';
import { currentCourses } from '../../teaching/courses/catalogue.js';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { sendFile } from '../../platform/http/files/files.js';
import { typed } from '../../platform/http/forms.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { actorOf } from '../../platform/http/page.js';
import { administratorsOnly } from '../../platform/http/security/guards.js';
import { uploadOf } from '../../platform/http/files/uploads.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { banksOf, type ItemBank } from './banks.js';
import { exportItems, isFormat, type Format } from './export.js';
import { exportValues, FILES, importFormValues, IMPORTS, importValues } from './questions-page.js';

export const LARGE_FORMS = [IMPORTS, FILES];

/** Questions of other programs: taking a bank out, and making a bank of a foreign file. Nothing is stored. */
export function questions(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.use('/admin/questions', administratorsOnly(deps.config));
  router.get('/admin/questions', on(showForms));
  router.get('/admin/questions/report', on(showLosses));
  router.get('/admin/questions/export', on(sendBank));
  router.post(IMPORTS, on(bringIn));
  router.post(FILES, on(sendYaml));
  return router;
}

async function showForms(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await forms(deps, req, res, {});
}

/** What a bank loses in a format, before it is taken out. */
async function showLosses({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const { bank, format } = await chosenIn(req);
  const { entries } = exportItems(format, bank.slug, bank.items);
  const values = exportValues(bank, format, entries, spoken);
  show(req, res, 'workshop/exchange/questions-export', values, { nav: 'admin' });
}

async function sendBank(_deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { bank, format } = await chosenIn(req);
  const { bytes, name, type } = exportItems(format, bank.slug, bank.items);
  // A bank is called after its module, which tells the topic.
  const shown = actorOf(req)?.isDiscreet ? name.replace(bank.slug, 'questions') : name;
  sendFile(res, { name: shown, type, body: bytes });
}

/** Make items of a foreign file or a pasted text, and show what became of each question. */
async function bringIn(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { bank, format } = await chosen(req.body);
  const source = sourceOf(req);
  const errors = {
    ...(bank ? {} : { bank: spoken('errors.bank') }),
    ...(format ? {} : { format: spoken('errors.format') }),
    ...(source.bytes ? {} : { file: spoken(source.problem) }),
  };
  if (!bank || !format || !source.bytes) return forms(deps, req, res, errors);
  const known = bank.items.map(({ id }) => id);
  // Loaded only where it is used: no other page needs readers of foreign files.
  const { importItems } = await import('./import.js');
  const found = await importItems(format, source.bytes, { bank: bank.slug, known });
  const values = importValues(bank, format, found, spoken);
  deps.show(req, res, 'workshop/exchange/questions-import', values, { nav: 'admin' });
}

/** The items are stored nowhere, so the page itself sends them back to be saved as a file. */
function sendYaml(_deps: WebDeps, req: Request, res: Response): void {
  sendFile(res, {
    name: 'quiz.yaml',
    type: 'application/yaml; charset=utf-8',
    body: pasted(req, 'yaml').replace(/\r\n?/g, '\n'),
  });
}

async function forms(
  { show }: WebDeps,
  req: Request,
  res: Response,
  errors: Record<string, string>,
): Promise<void> {
  const { body } = req as { body: unknown };
  const sent = { bank: typed(body, 'bank'), format: typed(body, 'format'), text: pasted(req, 'text') };
  const values = importFormValues(await banks(), { values: sent, errors }, spoken);
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'workshop/exchange/questions', values, { status, nav: 'admin' });
}

const banks = async (): Promise<ItemBank[]> =>
  banksOf(
    (await currentCourses()).map(({ snapshot }) => snapshot),
    spoken('questions.finalBank'),
  );

async function chosen(fields: unknown): Promise<{ bank: ItemBank | undefined; format: Format | null }> {
  const format = typed(fields, 'format');
  const slug = typed(fields, 'bank');
  return {
    bank: (await banks()).find(bank => bank.slug === slug),
    format: isFormat(format) ? format : null,
  };
}

/** The bank and the format that an address names; 404 where one of them does not exist. */
async function chosenIn({ query }: Request): Promise<{ bank: ItemBank; format: Format }> {
  const { bank, format } = await chosen(query);
  if (!bank || !format) throw new NotFound();
  return { bank, format };
}

/** A long text of a form, as it was typed. */
function pasted(req: Request, field: 'text' | 'yaml'): string {
  const text = (req.body as Record<string, unknown> | undefined)?.[field];
  return typeof text === 'string' ? text : '';
}

type Source = { bytes: Buffer } | { bytes: null; problem: string };

/** The file, or else the pasted text. Both at once are refused, since it would be unclear which one counts. */
function sourceOf(req: Request): Source {
  const upload = uploadOf(req);
  const text = pasted(req, 'text');
  const hasFile = upload !== null && upload.name !== '';
  if (hasFile && upload.tooLarge) return { bytes: null, problem: 'errors.file-large' };
  if (hasFile && text.trim() !== '') return { bytes: null, problem: 'errors.file-both' };
  if (!hasFile && text.trim() === '') return { bytes: null, problem: 'errors.file' };
  return { bytes: hasFile ? upload.bytes : Buffer.from(text) };
}
