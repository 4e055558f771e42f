import { isLabel } from '../base/language.ts';
import type { Label } from '../texts.ts';
import type { FiledAttachment } from '../trail/attachments.ts';
import { fieldsInWords } from '../trail/audit-words.ts';
import type { Sayers } from '../web/pages.ts';
import type { FiledRecord } from './queries.ts';

export type Fact = readonly [label: string, value: string];
/** A part of what was filed: the form, an order, what was there before. */
export type Section = { heading: string; facts: Fact[] };

type Facts = Record<string, unknown>;

const ATTACHMENTS = 'attachments';
/** Parts that are of the very thing that the record is about. */
const SIDES = new Set(['before', 'after']);
/** Numbers that only the database needs. */
const INNER = new Set(['id', 'version']);

/** What was filed, in the words of the form's fields; empty fields are left out. `people` has names by their number. */
export function contentInWords(record: FiledRecord, say: Sayers, people: Map<number, string>): Section[] {
  const content = JSON.parse(record.content) as Facts;
  const own: Section = { heading: say.t('records.form'), facts: [] };
  const sections = [own];
  let sayOwn: SayFact | undefined;
  for (const name in content) {
    if (name === ATTACHMENTS) continue;
    const value = content[name];
    if (!isFacts(value)) {
      sayOwn ??= sayingFacts(record.item_type, say, people);
      sayOwn(name, value, own.facts);
      continue;
    }
    const section: Section = { heading: headingOf(name, say), facts: [] };
    const sayFact = sayingFacts(SIDES.has(name) ? record.item_type : name, say, people);
    for (const each in value) sayFact(each, value[each], section.facts);
    sections.push(section);
  }
  return sections.filter((section) => section.facts.length > 0);
}

/** The files that a record says belong to its case; they are no fact of the form, but each has its hash in the seal. */
export function attachmentsIn(record: Pick<FiledRecord, 'content'>): FiledAttachment[] {
  if (!record.content.includes(ATTACHMENTS)) return []; // most have none, and a file is made of a million
  const content = JSON.parse(record.content) as { [ATTACHMENTS]?: FiledAttachment[] };
  return content[ATTACHMENTS] ?? [];
}

/** What a record says of a file, for paper and lists; the hash tells whether one that somebody has is that one. */
export function attachmentInWords(attachment: FiledAttachment, { file }: Sayers) {
  return `${file(attachment)}, SHA-256 ${attachment.sha256}`;
}

/** Within a text of the content, its marks would have backslashes. */
const PERSON = /_by":(\d+)/g;

/** The numbers of the people whom a record's content names, such as `decided_by`: a million records are not read as JSON for it. */
export function peopleIn({ content }: Pick<FiledRecord, 'content'>): number[] {
  return Array.from(content.matchAll(PERSON), ([, id]) => Number(id));
}

function isFacts(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const PART_LABELS = new Map<string, Label | null>();

function headingOf(name: string, { t }: Sayers) {
  let key = PART_LABELS.get(name);
  if (key === undefined) {
    key = [`records.part.${name}`, `item.${name}`, `field.${name}`].find(isLabel) ?? null;
    PART_LABELS.set(name, key);
  }
  return key === null ? name.replaceAll('_', ' ') : t(key);
}

type SayFact = (name: string, value: unknown, facts: Fact[]) => void;

function sayingFacts(kind: string, say: Sayers, people: Map<number, string>): SayFact {
  const fieldOf = fieldsInWords(kind, say);
  return (name, value, facts) => {
    const plain = plainly(name, value, people);
    if (plain === null) return;
    const { label, inWords } = fieldOf(name);
    facts.push([label, inWords(name === 'status' ? stateOf(kind, String(plain), say) : plain, say)]);
  };
}

/** The state of an order that is filed within a record about something else; all others are said by the item's own words. */
function stateOf(kind: string, status: string, { t }: Sayers) {
  const key = `records.order.${kind}.${status}`;
  return isLabel(key) ? t(key) : status;
}

/** A value as it is to be said, or null when there is nothing to say. */
function plainly(name: string, value: unknown, people: Map<number, string>): unknown {
  if (value === null || value === '' || INNER.has(name)) return null;
  if (typeof value === 'number') {
    if (name.endsWith('_id')) return null;
    if (name.endsWith('_by')) return people.get(value) ?? null;
  }
  if (typeof value === 'string' && value.startsWith('[')) return listIn(value);
  if (Array.isArray(value) && value.length === 0) return null;
  return value;
}

/** Some columns hold lists as JSON. */
function listIn(text: string): unknown {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.length === 0 ? null : list;
  } catch {
    return text; // it only begins like one
  }
}
