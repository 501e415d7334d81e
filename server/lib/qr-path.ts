import { create } from 'qrcode';

/** The dark modules of a QR code as one SVG path, with two modules of quiet zone around it. */
export function qrPath(text: string): { size: number; path: string } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const quiet = 2;
  const rows = Array.from({ length: modules.size }, (_, y) =>
    Array.from({ length: modules.size }, (_, x) =>
      modules.get(y, x) ? `M${x + quiet} ${y + quiet}h1v1h-1z` : '',
    ).join(''),
  );
  return { size: modules.size + 2 * quiet, path: rows.join('') };
}
