import { lockDataDir, openInstallation } from '../installation.ts';
import type { Command } from './command.ts';

export const migrate: Command = {
  usage: '',
  does: 'Brings the database up to date, as a start does; makes it when there is none.',
  help: '\nRefuses while a server runs. Make a backup first.',
  async run({ settings }) {
    const release = lockDataDir(settings.dataDir);
    try {
      const { migrated, close } = await openInstallation(settings);
      await close();
      console.log(migrated.length > 0 ? `done: ${migrated.join(', ')}` : 'The database is up to date.');
    } finally {
      release();
    }
  },
};
