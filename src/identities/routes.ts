import type { App } from '../web/app-types.ts';
import { secondAccounts } from './second-accounts.ts';

export async function identities(app: App) {
  secondAccounts(app);
}
