import { expect } from 'chai';
import { runPeople } from '../../../../server/people/accounts/command-people.js';
import { count, row } from '../../../support/rows.js';
import { dina, signedIn } from '../../../support/people.js';
import { send } from '../../../support/pages.js';
import { browserOf } from '../../../support/session.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';
import { mailsTo } from '../mails.js';
import { firstStep, giveApp, withApp } from './with-app.js';

const pageOf = ({ id }: { id: string }) => `/admin/people/${id}/factors`;

describe('the second factor of somebody who lost it', () => {
  ownWorld();

  it('is taken off by two: one asks, another decides, and the person is told', async () => {
    const [ada, asker, other] = [await withApp(), await dina(), await dina()];
    const session = await browserOf(ada.id);
    await asker.browser.get(pageOf(ada));
    const wrong = await asker.browser.submit(`${pageOf(ada)}/reset`, { reason: ' ' });
    expect(errorsOn(wrong)).to.deep.equal({ reason: said('errors.blockReason') });
    await asker.browser.submit(`${pageOf(ada)}/reset`, { reason: 'I met her in person' });
    expect((await send(asker.browser, `${pageOf(ada)}/reset`, { reason: 'twice' })).status).to.equal(404);
    expect((await send(asker.browser, `${pageOf(ada)}/decision`, { decision: 'grant' })).status).to.equal(
      404,
    );
    expect(await count('authenticator_apps where user_id = $1', [ada.id])).to.equal(1);
    await other.browser.get(pageOf(ada));
    await other.browser.submit(`${pageOf(ada)}/decision`, { decision: 'grant' });
    expect(await count('authenticator_apps where user_id = $1', [ada.id])).to.equal(0);
    expect(await count('recovery_codes where user_id = $1', [ada.id])).to.equal(0);
    expect((await session.get('/account')).path).to.match(/^\/sign-in/);
    expect((await firstStep(world().visitor(), ada)).path).to.equal('/learning');
    const mails = (await mailsTo(ada.email)).map(({ text }) => text ?? '');
    expect(mails.filter(text => text.includes(said('mail.factor.resetAsked')))).to.have.length(1);
    expect(mails.filter(text => text.includes(said('mail.factor.reset')))).to.have.length(1);
  });

  it('stays where the other declines', async () => {
    const [ada, asker, other] = [await withApp(), await dina(), await dina()];
    await send(asker.browser, `${pageOf(ada)}/reset`, { reason: 'She called' });
    await send(other.browser, `${pageOf(ada)}/decision`, { decision: 'decline' });
    expect(await count('authenticator_apps where user_id = $1', [ada.id])).to.equal(1);
    await send(other.browser, `${pageOf(ada)}/reset`, { reason: 'She came' });
    await send(asker.browser, `${pageOf(ada)}/decision`, { decision: 'grant' });
    expect(await count('authenticator_apps where user_id = $1', [ada.id])).to.equal(0);
  });

  it('is nobody’s own to take off, and nothing to others', async () => {
    const [own, asker, stranger] = [await dina(), await dina(), await signedIn()];
    await giveApp(own);
    expect((await own.browser.get(pageOf(own))).status).to.equal(403);
    await send(asker.browser, `${pageOf(own)}/reset`, { reason: 'He called' });
    expect((await send(own.browser, `${pageOf(own)}/decision`, { decision: 'grant' })).status).to.equal(403);
    expect((await stranger.browser.get(pageOf(own))).status).to.equal(404);
    expect(await count('authenticator_apps where user_id = $1', [own.id])).to.equal(1);
  });

  it('is taken off by whoever runs the server, with a reason', async () => {
    const ada = await withApp();
    const lines: string[] = [];
    const say = (line: string) => void lines.push(line);
    const refused = await runPeople(['reset-factors', ada.email], say).catch((fault: unknown) =>
      String(fault),
    );
    expect(refused).to.match(/reason/);
    await runPeople(['reset-factors', ada.email, '--reason', 'Met her'], say);
    expect(lines.join()).to.include(ada.email);
    const kept = await row<{ by: string | null; reason: string }>(
      'select decided_by as "by", reason from factor_resets where user_id = $1',
      [ada.id],
    );
    expect(kept).to.deep.equal({ by: null, reason: 'Met her' });
    expect((await firstStep(world().visitor(), ada)).path).to.equal('/learning');
  });
});
