import type { NavItem } from './views.js';
import type { Actor } from '../policy.js';

/** Where a page that administrators and managers share belongs, for whoever looks at it. */
export const navFor = (actor: Actor | null): NavItem => (actor?.isAdministrator ? 'admin' : 'team');
