import type { NavItem } from './views.js';
import type { Actor } from '../policy.js';

/** The navigation entry of a page that administrators and managers share, for its reader. */
export const navFor = (actor: Actor | null): NavItem => (actor?.isAdministrator ? 'admin' : 'team');
