import type { App } from '../platform/app-types.ts';

export async function groups(_app: App) {}
