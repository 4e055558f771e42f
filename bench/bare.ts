// What IPMS is measured against: Fastify with @fastify/view and Eta, a layout and 25 rows from memory, and nothing else.
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import compress from '@fastify/compress';
import view from '@fastify/view';
import { Eta } from 'eta';
import Fastify from 'fastify';

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

const templates = join(import.meta.dirname, 'bare-views');
const eta = new Eta({ views: templates, cache: true });
const app = Fastify();
await app.register(compress, { threshold: 512, encodings: ['gzip'] });
await app.register(view, { engine: { eta }, templates, production: true });
app.get('/', (_request, reply) => reply.viewAsync('list', data));
await app.listen({ host: '127.0.0.1', port: 0 });
console.log(`Bare is ready on http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`);
