import { formatDate, formatMoment, type Place, type Translate } from '../../../platform/i18n/i18n.js';
import { sealedPath, type StoredFile } from './sealed-files.js';

/** In which words and where a page is read. */
export interface SealedReading {
  readonly t: Translate;
  readonly place: Place;
}

/** Files as a list shows them. */
export const sealedRows = (files: readonly StoredFile[], { t, place }: SealedReading) =>
  files.map(file => ({
    href: sealedPath(file),
    name: t(`eventLog.file.${file.kind}`),
    facts: `${file.fileName} · ${formatMoment(file.knownAt, place)}`,
    state: file.state,
    stateText: t(`evidence.state.${file.state}`),
  }));

/**
 * What the page of one file shows: how far it is, or its facts and where to download it. `since`: of its kind; `mayHold`: whether the
 * reader may place a legal hold.
 */
export function sealedValues(
  file: StoredFile,
  { since, mayHold }: { since: string | undefined; mayHold: boolean },
  { t, place }: SealedReading,
) {
  const { state, done, total, heldAt, heldWhy } = file;
  const isHeld = heldAt !== null;
  return {
    title: t(`eventLog.file.${file.kind}`),
    state,
    stateText: t(`evidence.state.${state}`),
    done,
    total,
    progress: t('evidence.progress', { share: total === 0 ? 0 : done / total }),
    facts: factsOf(file, { t, place }),
    held: isHeld
      ? { since: t('evidence.hold.held', { on: formatDate(Number(heldAt), place) }), why: heldWhy ?? '' }
      : null,
    to: {
      page: sealedPath(file),
      download: state === 'ready' ? `${sealedPath(file)}/download` : null,
      since: state === 'ready' || state === 'gone' ? since && `${sealedPath(file)}${since}` : undefined,
      removal: state === 'gone' || isHeld ? null : `${sealedPath(file)}/removal`,
      hold: mayHold && state === 'ready' && !isHeld ? `${sealedPath(file)}/hold` : null,
      lifting: mayHold && isHeld ? `${sealedPath(file)}/hold/lifting` : null,
    },
  };
}

function factsOf(file: StoredFile, { t, place }: SealedReading) {
  const { knownAt, fileName, size, sha256, rowCount, state } = file;
  return [
    { label: t('evidence.knownAt'), value: formatMoment(knownAt, place) },
    { label: t('evidence.fileName'), value: fileName, code: true },
    ...(size === null ? [] : [{ label: t('evidence.size'), value: sizeText(size, t) }]),
    ...(rowCount === null
      ? []
      : [{ label: t('evidence.rows'), value: t('evidence.number', { n: rowCount }) }]),
    ...(sha256 === null ? [] : [{ label: 'SHA-256', value: sha256, code: true }]),
    ...(state === 'ready' ? [{ label: t('evidence.until'), value: untilText(file, { t, place }) }] : []),
  ];
}

function untilText({ heldAt, expiresAt }: StoredFile, { t, place }: SealedReading): string {
  if (heldAt !== null) return t('evidence.hold.until');
  return expiresAt === null ? t('evidence.kept') : formatDate(expiresAt, place);
}

/** A size in bytes, in kilobytes below a megabyte. */
const sizeText = (bytes: number, t: Translate): string =>
  bytes < 1e6
    ? t('evidence.kilobytes', { n: Math.max(1, Math.round(bytes / 1e3)) })
    : t('evidence.megabytes', { n: Math.round(bytes / 1e5) / 10 });
