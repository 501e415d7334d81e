import PDFDocument from 'pdfkit';
import { bakedPng } from '../../../../server/proof/certificates/documents/badge/baked-png.js';
import { bakedSvg } from '../../../../server/proof/certificates/documents/badge/baked-svg.js';
import { fromSomewhere, world } from '../../../support/world.js';

/** A text in each kind of file that can contain a certificate, baked as ours are. */
export const carriers: Record<string, (text: string) => Buffer | Promise<Buffer>> = {
  json: text => Buffer.from(text),
  png: text => bakedPng([], text),
  svg: text => Buffer.from(bakedSvg([], text, 'A badge')),
  pdf: text => pdfWith({ 'credential.json': text }),
};

/** A PDF with these attachments and one printed text line. */
export async function pdfWith(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const doc = new PDFDocument({ pdfVersion: '1.7' });
  for (const [name, text] of Object.entries(files))
    doc.file(Buffer.from(text), { name, type: 'application/json' });
  doc.text('Valid. Issued to Eve Marlow.');
  doc.end();
  const chunks: Buffer[] = [];
  for await (const chunk of doc) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly body: { verdict: string; [other: string]: unknown };
}

/** Hands a file in, as a program does: from no page, without cookies. */
export async function handIn(
  file: Uint8Array | null,
  accept = 'application/json',
  name = 'file',
): Promise<Answer> {
  const form = new FormData();
  form.append('file', new Blob(file ? [new Uint8Array(file)] : []), file ? name : '');
  const answer = await fetch(new URL('/verify', world().base), {
    method: 'POST',
    body: form,
    headers: { accept, ...fromSomewhere() },
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.startsWith('application/json');
  const body = (isJson ? JSON.parse(text) : {}) as Answer['body'];
  return { status: answer.status, text, headers: answer.headers, body };
}

/** The verdict on a text, in one kind of file. */
export async function verdictIn(carrier: string, text: string): Promise<string> {
  const { status, body } = await handIn((await carriers[carrier]?.(text)) ?? null);
  return status === 200 || status === 422 ? body.verdict : `status ${status}`;
}
