import { closeBrowser } from '../../support/browser.js';

// At the top level, so once, after all journeys: they share one browser.
after(closeBrowser);
