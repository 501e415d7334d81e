import { parentPort } from 'node:worker_threads';
import { examine, type Handed } from './examine.js';

// Files of strangers are read here, apart from the server: what goes wrong ends this thread alone.
parentPort?.on('message', (handed: Handed) => {
  void examine(handed).then(examined => parentPort?.postMessage(examined));
});
parentPort?.postMessage('ready');
