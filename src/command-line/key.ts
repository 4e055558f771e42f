import { lockDataDir } from '../installation.ts';
import { rotateKey } from '../key-rotation.ts';
import { type Command, Usage } from './command.ts';

export const key: Command = {
  usage: 'rotate',
  does: 'Puts a new key in the place of the one in the secret file, and carries the database over.',
  help: `
Stop the server first. What is sealed in the database is sealed anew; everybody must sign in again. What was sealed before, such
as audit rows, records and older backups, stays as it is, and is verified by the keys before, which stay in the secret file
below the new one. Afterwards keep a copy of the secret file elsewhere: the old copy no longer opens the database.
Cut off at any moment, it is ended by the next start, or by calling it again.`,
  files: 1,
  async run({ settings, files: [what] }) {
    if (what !== 'rotate') throw new Usage(`The key cannot be "${what}".`);
    const release = lockDataDir(settings.dataDir);
    try {
      const { fingerprint, wasCutOff } = await rotateKey(settings, new Date());
      console.log(
        `${wasCutOff ? 'The rotation that was cut off is ended' : 'The key was rotated'}: ${fingerprint} is in use. Keep a copy of ${settings.secretFile} elsewhere.`,
      );
    } finally {
      release();
    }
  },
};
