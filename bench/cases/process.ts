import { type Case, median, milliseconds } from '../case.ts';
import { makeDataFolder, startServer } from '../installed.ts';
import { residentMemory } from '../programs.ts';

const ROUNDS = 3;
const MOST_START = 2000;
const MOST_MEMORY = 200;

/** Quality §5: how long a start takes, and what the server holds after all the other cases. */
export const serverProcess: Case = {
  name: 'process',
  async run({ ipms }) {
    const memory = residentMemory(ipms.pid);
    const folder = await makeDataFolder();
    const starts: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const server = await startServer(folder.dataDir);
      starts.push(server.startedIn);
      await server.stop();
    }
    folder.remove();
    const start = median(starts);
    return [
      {
        what: 'start, demo data',
        figure: milliseconds(start),
        target: `< ${milliseconds(MOST_START)}`,
        ok: start < MOST_START,
      },
      {
        what: 'resident memory after the load',
        figure: memory === null ? 'not known here' : `${Math.round(memory)} MB`,
        target: `< ${MOST_MEMORY} MB`,
        ...(memory === null ? {} : { ok: memory < MOST_MEMORY }),
      },
    ];
  },
};
