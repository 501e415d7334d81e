import { create } from 'qrcode';
import { remembered } from './remembered.js';

/** The dark modules of a QR code as one SVG path, with two modules of quiet zone around it. Those of the last certificates are kept. */
export const qrPath = remembered({ most: 100, keyOf: (text: string) => text }, draw);

function draw(text: string): { readonly size: number; readonly path: string } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const quiet = 2;
  const rows = Array.from({ length: modules.size }, (_, y) =>
    Array.from({ length: modules.size }, (_, x) =>
      modules.get(y, x) ? `M${x + quiet} ${y + quiet}h1v1h-1z` : '',
    ).join(''),
  );
  return { size: modules.size + 2 * quiet, path: rows.join('') };
}
