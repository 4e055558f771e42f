import type { App } from '../web/app-types.ts';
import { ask } from './ask.ts';
import { transferLists } from './list.ts';
import { one } from './one.ts';
import { release } from './release.ts';

export async function transfers(app: App) {
  transferLists(app);
  ask(app); // the receiving agency begins
  release(app); // the releasing agency begins
  one(app); // SOP 5.0: approved by both
}
