import type { Request, Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { actorOf } from '../../../platform/http/page.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { closedValues } from './closed-values.js';
import { openRoomOf, type OpenRoom } from './open-room.js';

/** A page in a room, with the room open for its reader. */
type Inside = (deps: WebDeps, open: OpenRoom, req: Request, res: Response) => Promise<void>;

/** Opens the room of the address. Its auditor reads on a page of its own that it is closed, and whom to ask. */
export const inside =
  (handle: Inside) =>
  async (deps: WebDeps, req: Request, res: Response): Promise<void> => {
    const { open, closed } = await openRoomOf(actorOf(req), req.params.room, deps.clock());
    if (open) return handle(deps, open, req, res);
    const nav = navFor(actorOf(req));
    deps.show(req, res, 'proof/reports/rooms/closed', closedValues(closed), { status: 403, nav });
  };
