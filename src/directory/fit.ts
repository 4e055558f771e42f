import type { Schema } from './connector.ts';
import type { Unfit } from './mapping.ts';
import { SOURCES } from './mapping.ts';
import type { Wanting } from './wanted.ts';

/**
 * What is wanted, as far as this directory can hold it: attributes that it does not have are left out, and an object with a value
 * that is longer than it allows is named as unfit. Without Exchange's attributes there is no quota and no list of senders.
 */
export function fitting(wanting: Wanting, schema: Schema): Wanting {
  const unfit = [...wanting.unfit];
  const objects = wanting.objects.map((object) => {
    const attributes = withKnown(object.attributes, schema);
    for (const [attribute, values] of Object.entries(attributes))
      unfit.push(...tooLong(object.of, attribute, values, schema));
    const links = withKnown(object.links, schema);
    return attributes === object.attributes && links === object.links ? object : { ...object, attributes, links };
  });
  return { objects, gone: wanting.gone, unfit };
}

/** The very fields where all are known: of thousands of objects no second ones are made. */
function withKnown<T>(fields: Record<string, T>, schema: Schema): Record<string, T> {
  if (Object.keys(fields).every((name) => schema.has(name.toLowerCase()))) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => schema.has(name.toLowerCase())));
}

function tooLong(of: Unfit['of'], attribute: string, values: string[], schema: Schema): Unfit[] {
  const { most = null, isSingle = false } = schema.get(attribute.toLowerCase()) ?? {};
  const field = SOURCES.get(attribute) ?? attribute;
  if (isSingle && values.length > 1) return [{ of, field, limit: 1, length: values.length }];
  if (most === null) return [];
  const longest = Math.max(0, ...values.map((value) => value.length));
  // a number's highest value stands in the same place of the schema
  const isText = values.some((value) => !/^-?\d+$/.test(value));
  return isText && longest > most ? [{ of, field, limit: most, length: longest }] : [];
}
