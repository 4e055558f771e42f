import type { App } from '../platform/app-types.ts';

export async function bulk(_app: App) {}
