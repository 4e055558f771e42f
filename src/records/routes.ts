import type { App } from '../platform/app-types.ts';

export async function records(_app: App) {}
