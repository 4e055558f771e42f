import type { App } from '../platform/app-types.ts';

export async function myAccount(_app: App) {}
