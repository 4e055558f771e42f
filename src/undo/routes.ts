import type { App } from '../platform/app-types.ts';

export async function undo(_app: App) {}
