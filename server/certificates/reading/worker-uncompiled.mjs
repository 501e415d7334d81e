// For development and tests: a thread does not inherit that the main one understands TypeScript.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
