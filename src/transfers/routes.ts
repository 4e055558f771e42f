import type { App } from '../platform/app-types.ts';

export async function transfers(_app: App) {}
