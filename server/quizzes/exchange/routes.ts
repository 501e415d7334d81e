import { Router, type Request, type Response } from 'express';
import { currentCourses } from '../../courses/catalogue.js';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { typed } from '../../http/forms.js';
import { actorOf } from '../../http/page.js';
import { uploadOf } from '../../http/uploads.js';
import { spoken } from '../../i18n/spoken.js';
import { authorise } from '../../policy.js';
import { banksOf, type ItemBank } from './banks.js';
import { exportItems, FORMATS, isFormat, type Format } from './export.js';
import { importItems } from './import.js';
import { entryTexts, tallyText } from './exchange-report-text.js';

/** Where forms with a file, or with a whole bank, are sent: only at these addresses is such a form read. */
const IMPORTS = '/admin/questions/imports';
const FILES = '/admin/questions/files';
export const LARGE_FORMS = [IMPORTS, FILES];

/** Questions of other programs: taking a bank out, and making a bank of a foreign file. Nothing is stored. */
export function questions({ show, config }: WebDeps): Router {
  const router = Router();
  const t = spoken;
  const guard = (req: Request) => authorise(actorOf(req), 'installation.administer', config);

  router.get('/admin/questions', async (req, res) => {
    guard(req);
    await form(req, res, {});
  });

  router.get('/admin/questions/export', async (req, res) => {
    guard(req);
    const { bank, format } = await chosen(req.query);
    if (!bank || !format) throw new NotFound();
    const { bytes, name, type } = exportItems(format, bank.slug, bank.items);
    // A bank is called after its module, which tells the topic.
    const shown = actorOf(req)?.isDiscreet ? name.replace(bank.slug, 'questions') : name;
    sendFile(res, { name: shown, type, body: bytes });
  });

  router.get('/admin/questions/report', async (req, res) => {
    guard(req);
    const { bank, format } = await chosen(req.query);
    if (!bank || !format) throw new NotFound();
    const { entries } = exportItems(format, bank.slug, bank.items);
    const download = `/admin/questions/export?bank=${bank.slug}&format=${format}`;
    const values = {
      bank: bank.title,
      format: t(`exchange.format.${format}`),
      tally: tallyText(entries, t),
      entries: entryTexts(entries, t, 'item'),
      download,
    };
    show(req, res, 'quizzes/exchange/questions-export', values, { nav: 'admin' });
  });

  router.post(IMPORTS, async (req, res) => {
    guard(req);
    const { bank, format } = await chosen(req.body);
    const source = sourceOf(req);
    const errors = {
      ...(bank ? {} : { bank: t('errors.bank') }),
      ...(format ? {} : { format: t('errors.format') }),
      ...(source.bytes ? {} : { file: t(source.problem) }),
    };
    if (!bank || !format || !source.bytes) return form(req, res, errors);
    const known = bank.items.map(({ id }) => id);
    const { yaml, entries } = await importItems(format, source.bytes, { bank: bank.slug, known });
    const values = {
      bank: bank.title,
      format: t(`exchange.format.${format}`),
      tally: tallyText(entries, t),
      entries: entryTexts(entries, t),
      yaml,
      action: FILES,
    };
    show(req, res, 'quizzes/exchange/questions-import', values, { nav: 'admin' });
  });

  // The items are nowhere stored, so the page itself brings them back to be saved as a file.
  router.post(FILES, (req, res) => {
    guard(req);
    sendFile(res, {
      name: 'quiz.yaml',
      type: 'application/yaml; charset=utf-8',
      body: pasted(req, 'yaml').replace(/\r\n?/g, '\n'),
    });
  });

  async function form(req: Request, res: Response, errors: Record<string, string>): Promise<void> {
    const values = {
      banks: (await banks()).map(({ slug, title }) => ({ value: slug, label: title })),
      formats: FORMATS.map(value => ({
        value,
        label: t(`exchange.format.${value}`),
        hint: t(`exchange.about.${value}`),
      })),
      action: IMPORTS,
      values: { bank: typed(req.body, 'bank'), format: typed(req.body, 'format'), text: pasted(req, 'text') },
      errors,
    };
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    show(req, res, 'quizzes/exchange/questions', values, { status, nav: 'admin' });
  }

  const banks = async (): Promise<ItemBank[]> =>
    banksOf(
      (await currentCourses()).map(({ snapshot }) => snapshot),
      t('questions.finalBank'),
    );

  async function chosen(fields: unknown): Promise<{ bank: ItemBank | undefined; format: Format | null }> {
    const format = typed(fields, 'format');
    const slug = typed(fields, 'bank');
    return {
      bank: (await banks()).find(bank => bank.slug === slug),
      format: isFormat(format) ? format : null,
    };
  }

  return router;
}

function sendFile(
  res: Response,
  { name, type, body }: { name: string; type: string; body: string | Uint8Array },
): void {
  res
    .set('Content-Type', type)
    .set('Content-Disposition', `attachment; filename="${name}"`)
    .set('Cache-Control', 'no-store')
    .end(body);
}

/** A long text of a form, as it was. */
function pasted(req: Request, field: 'text' | 'yaml'): string {
  const text = (req.body as Record<string, unknown> | undefined)?.[field];
  return typeof text === 'string' ? text : '';
}

type Source = { bytes: Buffer } | { bytes: null; problem: string };

/** The file, or else the pasted text; both at once would leave it open which one counts. */
function sourceOf(req: Request): Source {
  const upload = uploadOf(req);
  const text = pasted(req, 'text');
  const hasFile = upload !== null && upload.name !== '';
  if (hasFile && upload.tooLarge) return { bytes: null, problem: 'errors.file-large' };
  if (hasFile && text.trim() !== '') return { bytes: null, problem: 'errors.file-both' };
  if (!hasFile && text.trim() === '') return { bytes: null, problem: 'errors.file' };
  return { bytes: hasFile ? upload.bytes : Buffer.from(text) };
}
