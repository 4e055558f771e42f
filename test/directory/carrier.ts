// A process that does nothing but carry decisions into the directory, so that a test can kill it at any moment.

import { Worker } from 'node:worker_threads';

const workerData = JSON.parse(process.argv[2] ?? '');
new Worker(new URL('../../src/directory/thread.ts', import.meta.url), { workerData });
