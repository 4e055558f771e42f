// Loaded into what launch.js starts: where that was killed and can pass nothing on, this is the order to end.
import { isMainThread } from 'node:worker_threads';

if (isMainThread && process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref(); // a command ends when it has nothing left to do
}
