// The readers look at bytes through Node's Buffer; in a browser this one takes its place.
export { Buffer } from 'buffer/index.js';
