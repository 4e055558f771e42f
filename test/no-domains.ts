import hooks, { type AsyncHook } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';

// The test library follows every promise, to tell which of two tests that run at once an error came from that nobody
// caught. Ours run one after another, and such an error ends the file, which then fails. Following costs up to a sixth.

const follower: AsyncHook = { enable: () => follower, disable: () => follower };
hooks.createHook = () => follower;
syncBuiltinESMExports();
