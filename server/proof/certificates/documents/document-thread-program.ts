import { parentPort } from 'node:worker_threads';
import { badgePng, badgeSvg } from './badge/badge.js';
import { isWhole } from './fonts/printable.js';
import type { DocumentAnswer, DocumentQuestion, PaperOrder, StatementOrder } from './paper-orders.js';
import { drawCertificate } from './pdf/certificate.js';
import { drawStatement } from './pdf/signed-statement.js';

// Fonts are opened and files are drawn here alone: pages do not wait for it, and the memory is given back afterwards.
parentPort?.on('message', (question: DocumentQuestion) => {
  void answerTo(question)
    .catch((fault: unknown) => ({ problem: fault instanceof Error ? (fault.stack ?? '') : String(fault) }))
    .then(answer => parentPort?.postMessage(answer));
});

async function answerTo(question: DocumentQuestion): Promise<DocumentAnswer> {
  if (question.kind === 'is-whole') return { isWhole: isWhole(question.name) };
  return { drawn: await draw(question) };
}

async function draw(order: PaperOrder | StatementOrder): Promise<Uint8Array> {
  if (order.kind === 'pdf') return drawCertificate(order.facts);
  if (order.kind === 'statement') return drawStatement(order.facts);
  return order.kind === 'badge.png' ? badgePng(order.facts) : Buffer.from(badgeSvg(order.facts));
}

parentPort?.postMessage('ready');
