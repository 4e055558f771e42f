import type { App } from '../platform/app-types.ts';

export async function outbox(_app: App) {}
