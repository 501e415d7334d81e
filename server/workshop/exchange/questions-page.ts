import type { ViewValues } from '../../../dist/views/values.js';
import type { Translate } from '../../platform/i18n/i18n.js';
import type { ItemBank } from './banks.js';
import type { Entry } from './exchange-report.js';
import { entryTexts, tallyText } from './exchange-report-text.js';
import { FORMATS, type Format } from './export.js';

/** Forms that bring a file, or a whole bank, are sent to these addresses; only there is such a form read. */
export const IMPORTS = '/admin/questions/imports';
export const FILES = '/admin/questions/files';

/** The forms to take a bank out and to bring questions in. */
export function importFormValues(
  banks: readonly ItemBank[],
  form: Pick<ViewValues['workshop/exchange/questions'], 'values' | 'errors'>,
  t: Translate,
) {
  return {
    banks: banks.map(({ slug, title }) => ({ value: slug, label: title })),
    formats: FORMATS.map(value => ({
      value,
      label: t(`exchange.format.${value}`),
      hint: t(`exchange.about.${value}`),
    })),
    action: IMPORTS,
    ...form,
  };
}

/** What a bank loses in a format, and the address of the file. */
export const exportValues = (bank: ItemBank, format: Format, entries: readonly Entry[], t: Translate) => ({
  ...headValues(bank, format, entries, t),
  entries: entryTexts(entries, t, 'item'),
  download: `/admin/questions/export?bank=${bank.slug}&format=${format}`,
});

/** What became of the questions of a foreign file. `yaml` is null where none was taken. */
export const importValues = (
  bank: ItemBank,
  format: Format,
  { entries, yaml }: { entries: readonly Entry[]; yaml: string | null },
  t: Translate,
) => ({ ...headValues(bank, format, entries, t), entries: entryTexts(entries, t), yaml, action: FILES });

const headValues = ({ title }: ItemBank, format: Format, entries: readonly Entry[], t: Translate) => ({
  bank: title,
  format: t(`exchange.format.${format}`),
  tally: tallyText(entries, t),
});
