import { readSigned } from '../../../open-badges/signed-facts.js';
import { drawBadge } from './drawing.js';
import { bakedPng } from './baked-png.js';
import { bakedSvg } from './baked-svg.js';

/** The signed text as issued, and whether the badge shows the holder's name. */
export type BadgeFacts = { credential: string; named: boolean };

/** The certificate as a PNG picture that carries its signed text. The same facts give the same bytes. */
export function badgePng({ credential, named }: BadgeFacts): Buffer {
  return bakedPng(drawBadge(readSigned(credential), { named }), credential);
}

/**
 * The certificate as an SVG drawing that carries its signed text. The same facts give the same bytes. A browser tab shows
 * its title, which others may see in passing, so the title names the course; only the drawing names the subject.
 */
export function badgeSvg({ credential, named }: BadgeFacts): string {
  const signed = readSigned(credential);
  return bakedSvg(drawBadge(signed, { named }), credential, signed.course.title);
}
