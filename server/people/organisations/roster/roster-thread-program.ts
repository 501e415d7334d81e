import { parentPort } from 'node:worker_threads';
import { answerRoster } from './roster-answers.js';
import type { RosterQuestion } from './roster-thread.js';

// Files of strangers are read here, apart from the server: whatever goes wrong ends this thread alone.
parentPort?.on('message', (question: RosterQuestion) => {
  void answerRoster(question).then(answer => parentPort?.postMessage(answer));
});
parentPort?.postMessage('ready');
