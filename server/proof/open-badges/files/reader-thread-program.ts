import { parentPort } from 'node:worker_threads';
import { examineFile, type FileToExamine } from './examine.js';

// Files of strangers are examined here, apart from the server: whatever goes wrong ends this thread alone.
parentPort?.on('message', (file: FileToExamine) => {
  void examineFile(file).then(examined => parentPort?.postMessage(examined));
});
parentPort?.postMessage('ready');
