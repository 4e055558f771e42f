import type { App } from '../platform/app-types.ts';

export async function dashboard(_app: App) {}
