import { parentPort } from 'node:worker_threads';
import { signAndCheck, type SigningOrder } from './sign-award.js';
import type { SigningAnswer } from './signers.js';

const answer = (said: SigningAnswer) => parentPort?.postMessage(said);

// Certificates are signed here, so that pages do not wait for it.
parentPort?.on('message', (order: SigningOrder) => {
  void signAndCheck(order).then(
    signed => answer({ signed }),
    (fault: unknown) => answer({ problem: fault instanceof Error ? fault.message : String(fault) }),
  );
});
parentPort?.postMessage('ready');
