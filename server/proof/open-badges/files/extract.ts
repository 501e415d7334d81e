import { parseCapped } from '../strict-form.js';
import { attachmentsOf, isPdf } from './pdf.js';
import { isPng, textInPng } from './png.js';
import { textInSvg } from './svg.js';

/**
 * The signed text in a file, byte for byte: the attachment of a PDF, the text baked into a PNG or SVG, or the file itself
 * when it is JSON. The first bytes alone decide which, so that no file can be read in two ways. Null when there is none,
 * or more than one.
 */
export function carriedText(file: Buffer): string | null {
  if (isPng(file)) return decoded(textInPng(file));
  if (isPdf(file)) return textInPdf(file);
  const text = decoded(file);
  if (text === null) return null;
  if (/^\uFEFF?\s*</.test(text)) return textInSvg(text.replace(/^\uFEFF/, ''));
  return /^\s*\{/.test(text) ? text : null;
}

/** Of several attachments, the only one that says it is a badge; null when there are two. */
function textInPdf(file: Buffer): string | null {
  const texts = attachmentsOf(file).flatMap(attached => decoded(attached) ?? []);
  const objects = [...new Set(texts)].filter(text => typeof parseCapped(text) !== 'string');
  if (objects.length <= 1) return objects[0] ?? null;
  const badges = objects.filter(text => text.includes('"OpenBadgeCredential"'));
  return badges.length === 1 ? (badges[0] ?? null) : null;
}

/** Null when the bytes are not UTF-8. */
function decoded(bytes: Buffer | null): string | null {
  try {
    return bytes && new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
