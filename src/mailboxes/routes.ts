import type { App } from '../platform/app-types.ts';

export async function mailboxes(_app: App) {}
