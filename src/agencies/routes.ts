import type { App } from '../platform/app-types.ts';

export async function agencies(_app: App) {}
