import type { App } from '../platform/app-types.ts';

export async function contacts(_app: App) {}
