import { parentPort } from 'node:worker_threads';
import { signAndCheck, type Order } from './sign.js';
import type { Answer } from './signers.js';

const answer = (said: Answer) => parentPort?.postMessage(said);

// Certificates are signed here, so that pages do not wait for it.
parentPort?.on('message', (order: Order) => {
  void signAndCheck(order).then(
    signed => answer({ signed }),
    (fault: unknown) => answer({ problem: fault instanceof Error ? fault.message : String(fault) }),
  );
});
parentPort?.postMessage('ready');
