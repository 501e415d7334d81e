// The yardsticks: what Express itself costs, bare and with one EJS page of the size of a lesson, as its guide writes them.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ejs from 'ejs';
import express from 'express';

const folder = mkdtempSync(join(tmpdir(), 'safe-passage-baseline-'));
writeFileSync(
  join(folder, 'page.ejs'),
  '<!doctype html><html lang="en"><head><title>Training</title></head><body><h1><%= title %></h1><ul><% for (const row of rows) { %><li><b><%= row.title %></b> <%= row.text %></li><% } %></ul></body></html>',
);
const rows = Array.from({ length: 140 }, (_, index) => ({
  title: `Row ${index}`,
  text: 'Plain words of about the length of a line in a lesson, no more than that.',
}));
const app = express();
app.set('views', folder);
app.engine('ejs', ejs.renderFile);
app.set('view engine', 'ejs');
app.get('/hello', (_req, res) => res.send('hello'));
app.get('/page', (_req, res) => res.render('page', { title: 'A page', rows }));
const server = app.listen(0, '127.0.0.1', () => process.stdout.write(`ready ${server.address().port}\n`));
