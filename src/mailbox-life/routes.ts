import type { App } from '../platform/app-types.ts';

export async function mailboxLife(_app: App) {}
