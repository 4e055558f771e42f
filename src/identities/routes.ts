import type { App } from '../platform/app-types.ts';
import { secondAccounts } from './second-accounts.ts';

export async function identities(app: App) {
  secondAccounts(app);
}
