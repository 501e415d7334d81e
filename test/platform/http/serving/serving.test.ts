import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import express, { type Response } from 'express';
import { health } from '../../../../server/platform/http/serving/health.js';
import { serve, type Serving } from '../../../../server/platform/http/serving/serving.js';

const LONG = 3_600_000;

describe('a server that stops', () => {
  let serving: Serving;
  let agent: Agent;
  let port: number;
  let held: Promise<Response>;

  async function open(lastCall: number): Promise<void> {
    const app = express();
    let hold = (_res: Response) => {};
    held = new Promise(done => (hold = done));
    app.use(health({ failing: () => Promise.resolve({}), clock: Date.now }));
    app.get('/held', (_req, res) => hold(res));
    app.get('/at-once', (_req, res) => void res.send('all'));
    serving = serve(app, { lastCall });
    await once(serving.server.listen(0, '127.0.0.1'), 'listening');
    ({ port } = serving.server.address() as AddressInfo);
    agent = new Agent({ keepAlive: true });
  }
  afterEach(() => agent.destroy());

  const get = async (path: string): Promise<IncomingMessage> => {
    const [answer] = (await once(request({ port, path, agent }).end(), 'response')) as [IncomingMessage];
    return answer;
  };

  /** Send a request, and leave its connection open and idle. */
  async function keep(path: string): Promise<number | undefined> {
    const free = once(agent, 'free');
    const answer = await get(path);
    await Promise.all([text(answer), free]);
    return answer.statusCode;
  }

  it('finishes a response that has begun and closes the connection after it', async () => {
    await open(LONG);
    const asked = get('/held');
    const res = await held;
    const stopped = serving.stop();
    expect(serving.underWay()).to.equal(1);
    res.send('all');
    const answer = await asked;
    expect(answer.headers.connection).to.equal('close');
    expect(await text(answer)).to.equal('all');
    await stopped;
  });

  it('finishes a response that is partly sent, and closes its connection', async () => {
    await open(0);
    const asked = get('/held');
    const res = await held;
    res.write('half ');
    const answer = await asked;
    const { socket } = answer;
    const stopped = serving.stop();
    const closed = once(socket, 'close');
    res.end('and half');
    expect(await text(answer)).to.equal('half and half');
    await Promise.all([closed, stopped]);
  });

  it('answers one more request on a connection that is kept open', async () => {
    await open(LONG);
    await keep('/at-once');
    const stopped = serving.stop();
    const answer = await get('/at-once');
    expect(answer.headers.connection).to.equal('close');
    expect(await text(answer)).to.equal('all');
    await stopped;
  });

  it('closes idle connections and accepts no new ones', async () => {
    await open(0);
    await keep('/at-once');
    await serving.stop();
    const [refused] = (await once(request({ port, path: '/at-once' }).end(), 'error')) as [{ code: string }];
    expect(refused.code).to.equal('ECONNREFUSED');
  });

  it('is no longer ready', async () => {
    await open(LONG);
    expect(await keep('/readyz')).to.equal(200);
    const stopped = serving.stop();
    const answer = await get('/readyz');
    expect(answer.statusCode).to.equal(503);
    await Promise.all([text(answer), stopped]);
  });
});
