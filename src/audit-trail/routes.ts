import type { App } from '../platform/app-types.ts';

export async function auditTrail(_app: App) {}
