import type { App } from '../platform/app-types.ts';

export async function reports(_app: App) {}
