import { formatDate, formatMoment, type Place } from '../../../platform/i18n/i18n.js';
import type { AskedExport } from './data-exports.js';

/** Exports as a page lists them: when each was asked for, and where its file is. */
export const exportRows = (exports: readonly AskedExport[], place: Place) =>
  exports.map(({ id, state, askedAt, expiresAt, size }) => ({
    asked: formatMoment(askedAt, place),
    href: state === 'ready' ? `/account/data/exports/${id}/your-data.zip` : null,
    until: expiresAt === null ? null : formatDate(expiresAt, place),
    kilobytes: Math.max(1, Math.round((size ?? 0) / 1000)),
  }));
