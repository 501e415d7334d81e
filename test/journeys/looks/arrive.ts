import { expect } from 'chai';
import type { Page, Request, Response } from 'playwright-core';
import type { Scene } from '../scenes/scene.js';
import { digestOf, type Answer } from './look-digest.js';
import type { Answered } from './novelty.js';

/** The page that a scene came to in a browser. */
export interface Sight extends Answered {
  readonly scene: Scene;
  /** What the first page of the scene loaded: files, and bytes as they travel. */
  readonly loaded: { readonly files: number; readonly bytes: number };
}

/** The language that a page is asked for besides English: none of its words is English, and it turns the page round. */
const TURNED = 'en-XB';

/** As a browser asks for an address that was typed: programs get other forms of some pages, and a form's next page says what was done. */
const AS_BROWSER = { accept: 'text/html', 'sec-fetch-site': 'none' };

/** Asks the server for the page of a scene in which nothing is done, without looking at it. */
export async function glanceAt(page: Page, scene: Scene): Promise<{ page: Answered; digest: string }> {
  const answer = await page.request.get(scene.path, { headers: AS_BROWSER });
  checkStatus(scene, answer);
  const path = new URL(answer.url()).pathname;
  const html = await answer.text();
  const digest = digestOf(scene, [
    { html, policy: policyOf(answer.headers()) },
    await turned(page, scene.path),
  ]);
  return { page: { method: 'GET', path, status: answer.status(), html }, digest };
}

/** Comes to a scene in the browser. Without a digest, nothing stands for what is seen there. */
export async function arrive(page: Page, scene: Scene): Promise<{ sight: Sight; digest: string | null }> {
  const answers: Response[] = [];
  const keep = (answer: Response) => {
    if (answer.request().isNavigationRequest() && answer.status() !== 303) answers.push(answer);
  };
  page.on('response', keep);
  await page.goto(scene.path);
  // Of what came from the cache of an earlier page, the size is told too. What a script sends is no part of the page.
  const parts = await page.evaluate<number[]>(
    `document.fonts.ready.then(() => performance.getEntries().flatMap(entry => 'encodedBodySize' in entry && entry.initiatorType !== 'fetch' ? entry.encodedBodySize : []))`,
  );
  await scene.act?.(page);
  await page.waitForLoadState();
  // Where an address leads into the page, the bar that stays in view covers something; what, depends on the question drawn.
  await page.evaluate('scrollTo(0, 0)');
  page.off('response', keep);
  const answer = answers.at(-1);
  if (!answer) throw new Error('no page was answered');
  checkStatus(scene, answer);
  const sight = {
    scene,
    method: answer.request().method(),
    path: new URL(answer.url()).pathname,
    status: answer.status(),
    html: await answer.text(),
    loaded: { files: parts.length, bytes: parts.reduce((sum, bytes) => sum + bytes, 0) },
  };
  return { sight, digest: await digestThere(page, sight, answer) };
}

/** A fault of ours is put before the browser by its scene: the server cannot be asked for it again. */
async function digestThere(page: Page, { scene, html }: Sight, answer: Response): Promise<string | null> {
  if (answer.status() >= 500) return null;
  const english = { html, policy: policyOf(await answer.allHeaders()) };
  return digestOf(scene, [english, await turned(page, scene.act ? answer.request() : scene.path)]);
}

/** What the server answers to the same request in the other language. */
async function turned(page: Page, request: string | Request): Promise<Answer> {
  const sent = typeof request === 'string' ? AS_BROWSER : request.headers();
  const answer = await page.request.fetch(request, { headers: { ...sent, 'accept-language': TURNED } });
  return { html: await answer.text(), policy: policyOf(answer.headers()) };
}

const policyOf = (headers: Readonly<Record<string, string>>): string =>
  headers['content-security-policy'] ?? '';

const checkStatus = ({ name }: Scene, answer: { status(): number }): void =>
  void expect(answer.status() >= 500, `${answer.status()} where none was meant`).to.equal(
    /^problem-(ours|away)/.test(name),
  );
