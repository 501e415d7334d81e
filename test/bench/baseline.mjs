// The yardsticks: what Express itself costs, bare and with one EJS page of about the size of a lesson.
import ejs from 'ejs';
import express from 'express';

const rows = Array.from({ length: 60 }, (_, index) => ({
  title: `Row ${index}`,
  text: 'Plain words of about the length of a line in a lesson, no more than that.',
}));
const template = ejs.compile(
  '<!doctype html><html lang="en"><head><title>Training</title></head><body><h1><%= it.title %></h1><ul><% for (const row of it.rows) { %><li><b><%= row.title %></b> <%= row.text %></li><% } %></ul></body></html>',
  { localsName: 'it', strict: true },
);
const app = express();
app.get('/hello', (_req, res) => res.send('hello'));
app.get('/page', (_req, res) => res.send(template({ title: 'A page', rows })));
const server = app.listen(0, '127.0.0.1', () => process.stdout.write(`ready ${server.address().port}\n`));
