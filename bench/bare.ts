// What IPMS is measured against: Fastify with @fastify/view and Eta, a layout and 25 rows from memory, and nothing else.
import type { AddressInfo } from 'node:net';
import compress from '@fastify/compress';
import view from '@fastify/view';
import { Eta } from 'eta';
import Fastify from 'fastify';

const LAYOUT = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title><%= it.title %></title><link rel="stylesheet" href="/site.css"></head>
<body><header><a href="/">IPMS</a></header><nav><ul><% for (const entry of it.menu) { %><li><a href="<%= entry %>"><%= entry %></a></li><% } %></ul></nav>
<main><h1><%= it.title %></h1><%~ it.body %></main><footer><p>Every change is recorded.</p></footer></body></html>`;
const LIST = `<% layout('@layout', it) %><table><thead><tr><th>Name</th><th>Address</th><th>Since</th><th>State</th></tr></thead><tbody>
<% for (const row of it.rows) { %><tr><td><a href="/rows/<%= row.id %>"><%= row.name %></a></td><td><%= row.email %></td><td><%= row.since %></td><td><%= row.state %></td></tr>
<% } %></tbody></table>`;

const data = {
  title: 'Rows',
  menu: Array.from({ length: 12 }, (_, index) => `/menu/${index}`),
  rows: Array.from({ length: 25 }, (_, id) => ({
    id,
    name: `Nurul Izzah binti Kamaruddin ${id}`,
    email: `nurul.izzah${id}@jabatan.test`,
    since: '24 Nov 2026',
    state: 'issued',
  })),
};

const eta = new Eta({ cache: true });
eta.loadTemplate('@layout', LAYOUT);
eta.loadTemplate('@list', LIST);
const app = Fastify();
await app.register(compress, { threshold: 512, encodings: ['br', 'gzip'], brotliOptions: { params: { 1: 5 } } });
await app.register(view, { engine: { eta }, templates: import.meta.dirname });
app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(eta.render('@list', data)));
await app.listen({ host: '127.0.0.1', port: 0 });
console.log(`Bare is ready on http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`);
