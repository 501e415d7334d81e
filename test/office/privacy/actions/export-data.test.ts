import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { unzipSync } from 'fflate';
import { rows as dbRows } from '../../../../server/platform/db/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { collectData } from '../../../../server/office/privacy/export/collect-data.js';
import { EXPORT_DAYS, pruneExports } from '../../../../server/office/privacy/export/data-exports.js';
import { mailsTo } from '../../../people/accounts/mails.js';
import { signedInHolder } from '../../../support/holders.js';
import { ada, cleo, type Person } from '../../../support/people.js';
import { count, row, write } from '../../../support/rows.js';
import { said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';

interface Part {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

async function exported({ browser }: Pick<Person, 'browser'>) {
  await browser.get('/account/data');
  await browser.submit('/account/data/exports', {});
  await world().worker.drain();
  const page = await browser.get('/account/data');
  const href = /href="(\/account\/data\/exports\/[^"]+)"/.exec(page.text)?.[1] ?? '';
  const files = unzipSync(await browser.bytes(href));
  const text = (name: string) => Buffer.from(files[name] ?? []).toString();
  return {
    href,
    names: Object.keys(files),
    text,
    all: Object.keys(files).map(text).join('\n'),
    part: (kind: string) => (JSON.parse(text(`data/${kind}.json`)) as Part).rows,
  };
}

const exportsIn = () => {
  const folder = join(world().config.dataDir, 'exports');
  return existsSync(folder) ? readdirSync(folder) : [];
};

describe('all that is held of a person', () => {
  ownWorld();

  it('is put into one file in the background, and its owner is told by mail', async () => {
    const { holder, certificate } = await signedInHolder();
    const { part, names, text } = await exported(holder);
    expect(part('account')).to.have.length(1);
    expect(part('account')[0]).to.include({ name: holder.name, email: holder.email, isAdministrator: false });
    expect(part('account')[0]?.['createdAt']).to.match(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(part('certificates').map(({ id }) => id)).to.deep.equal([certificate.id]);
    expect(part('certificates')[0]?.['credential']).to.deep.equal(JSON.parse(certificate.credential));
    expect(part('courses')).to.have.length(1);
    expect(part('answers').length + part('tries').length).to.be.greaterThan(0);
    expect(part('organisations')).to.have.length(1);
    const about = JSON.parse(text('about.json')) as {
      format: number;
      files: { file: string; rows: number }[];
    };
    expect(about.format).to.equal(1);
    expect(about.files.map(({ file }) => file).sort()).to.deep.equal(
      names.filter(name => name.startsWith('data/')).sort(),
    );
    expect(text('your-data.html')).to.include(holder.email);
    expect((await mailsTo(holder.email)).map(({ subject }) => subject)).to.include(
      said('mail.subject.export-made'),
    );
  });

  it('holds nothing of anybody else, no key of a question and no secret', async () => {
    const [{ holder }, other] = [await signedInHolder(), await signedInHolder('Cleo Brandt')];
    const { all } = await exported(holder);
    expect(all).not.to.include(other.holder.id);
    expect(all).not.to.include(other.holder.email);
    expect(all).not.to.include('passwordHash');
    expect(all).not.to.include('"unsafe"');
    const stored = await row<{ hash: string }>('select password_hash as hash from users where id = $1', [
      holder.id,
    ]);
    expect(all).not.to.include(stored?.hash);
  });

  it('is of one moment, whatever changes meanwhile', async () => {
    const { id } = await ada();
    let isOver = false;
    const change = async (): Promise<void> => {
      for (let at = 0; !isOver; at += 1)
        await inTransaction(async () => {
          await dbRows({ text: 'update users set name = $2 where id = $1' }, [id, `Name ${at}`]);
          await dbRows(
            {
              text: `insert into first_calls (user_id, inside, outside, sign, kept_at) values ($1, $2, '', '', 1)
                     on conflict (user_id) do update set inside = $2`,
            },
            [id, `Name ${at}`],
          );
        });
    };
    const changing = change();
    for (let time = 0; time < 20; time += 1) {
      const kinds = await collectData(id);
      const rowsOf = (kind: string) => kinds.find(each => each.kind === kind)?.rows[0];
      const inside = rowsOf('first-call')?.['inside'];
      if (inside !== undefined) expect(inside).to.equal(rowsOf('account')?.['name']);
    }
    isOver = true;
    await changing;
  });

  it('is made once, of ten who ask at the same moment', async () => {
    const someone = await ada();
    await someone.browser.get('/account/data');
    const page = someone.browser.last;
    await Promise.all(
      Array.from({ length: 4 }, () => {
        someone.browser.last = page;
        return someone.browser.submit('/account/data/exports', {});
      }),
    );
    await world().worker.drain();
    const made = await count(`events where name = 'account.export-asked' and actor_id = $1`, [someone.id]);
    expect(made).to.equal(await count('data_exports where user_id = $1', [someone.id]));
    expect(await count(`data_exports where user_id = $1 and state = 'asked'`, [someone.id])).to.equal(0);
  });

  it('is given to nobody else', async () => {
    const [someone, other] = [await ada(), await cleo()];
    const { href } = await exported(someone);
    expect((await other.browser.get(href)).status).to.equal(404);
    expect((await world().visitor().get(href)).path).to.include('/sign-in');
    expect(
      await count(`events where name = 'account.export-taken' and actor_id = $1`, [someone.id]),
    ).to.equal(1);
  });

  it('is deleted after the days that the page states', async () => {
    const someone = await ada();
    const { href } = await exported(someone);
    const kept = exportsIn().length;
    const { dataDir } = world().config;
    const until = Date.now() + EXPORT_DAYS * 86_400_000;
    await pruneExports(dataDir, until - 60_000);
    expect(exportsIn()).to.have.length(kept);
    await write('update data_exports set expires_at = 1 where user_id = $1', [someone.id]);
    expect((await someone.browser.get(href)).status).to.equal(404);
    await pruneExports(dataDir, Date.now());
    expect(exportsIn()).to.have.length(kept - 1);
    expect(await count('data_exports where user_id = $1', [someone.id])).to.equal(0);
  });
});
