import type { App } from '../platform/app-types.ts';

export async function accountRequests(_app: App) {}
