import { readSigned } from '../../../open-badges/signed-facts.js';
import { drawBadge } from './drawing.js';
import { bakedPng } from './baked-png.js';
import { bakedSvg } from './baked-svg.js';

/** What a badge is made of: the signed text as issued, and whether the holder wants the name to be seen. */
export type BadgeFacts = { credential: string; named: boolean };

/** The certificate as a PNG picture that carries its signed text. The same facts give the same bytes. */
export function badgePng({ credential, named }: BadgeFacts): Buffer {
  return bakedPng(drawBadge(readSigned(credential), { named }), credential);
}

/**
 * The certificate as an SVG drawing that carries its signed text. The same facts give the same bytes. Its title becomes
 * that of a tab, which others may see in passing: it names the course, and the drawing itself the subject.
 */
export function badgeSvg({ credential, named }: BadgeFacts): string {
  const signed = readSigned(credential);
  return bakedSvg(drawBadge(signed, { named }), credential, signed.course.title);
}
