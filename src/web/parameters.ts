import type { FastifyTypeProvider } from 'fastify';

type Properties = Record<string, { type: 'string' | 'integer'; [rule: string]: unknown }>;
type Read<Property> = Property extends { type: 'integer' } ? number : string;

/** Gives `request.params` and `request.query` the types of what their JSON schemas let through. */
export interface SchemaTypes extends FastifyTypeProvider {
  validator: this['schema'] extends { properties: infer P; required: (infer Required)[] }
    ? { [name in keyof P & Required]: Read<P[name]> } & { [name in Exclude<keyof P, Required>]?: Read<P[name]> }
    : unknown;
}

/** The JSON schema of what stands in an address, in its path or behind its `?`: all but `required` may be left out. */
export function parameters<const P extends Properties, const Required extends keyof P & string = never>(
  properties: P,
  ...required: Required[]
) {
  return { type: 'object', properties, required };
}
