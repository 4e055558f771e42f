import type { Column } from '../../lists/listing.ts';
import type { Label } from '../../texts.ts';
import type { App } from '../../web/app-types.ts';
import { page } from '../../web/pages.ts';
import { COMMAND_FIELDS, CONTACT_FIELDS, FIELDS, GROUP_FIELDS, USER_FIELDS } from '../mapping.ts';
import { readWork } from '../work.ts';

const KINDS = { mailbox: [...USER_FIELDS, ...COMMAND_FIELDS], group: GROUP_FIELDS, contact: CONTACT_FIELDS };

type Shown = { attribute: string; limit: number | null; isCut: boolean; label: Label; isMissing: boolean };
const COLUMNS: Column<Shown>[] = [
  { label: 'directory.mapping.attribute', value: (field) => field.attribute },
  { label: 'directory.mapping.field', value: (field, say) => say.t(field.label) },
  {
    label: 'field.status',
    value: (field, say) => (field.isMissing ? say.t('directory.mapping.missing') : ''),
    isBelow: true,
  },
  {
    label: 'directory.mapping.limit',
    value: (field, say) => (field.limit === null ? '' : say.number(field.limit)),
    numeric: true,
  },
  {
    label: 'directory.mapping.tooLong',
    value: (field, say) =>
      field.limit === null ? '' : say.t(field.isCut ? 'directory.mapping.cut' : 'directory.mapping.refused'),
  },
];

/** What of IPMS stands where in the directory: the one table that every comparing goes by. */
export function mappingPage(app: App) {
  app.get('/helpdesk/directory/mapping', { config: { access: ['helpdesk'] } }, async (request, reply) => {
    const { lacks } = await readWork(app.db);
    const missing = new Set(lacks === null ? [] : (JSON.parse(lacks) as string[]));
    const kinds = Object.entries(KINDS).map(([kind, fields]) => ({
      kind: kind as keyof typeof KINDS,
      fields: fields.map(({ attribute, limit, isCut, source }) => ({
        attribute,
        limit,
        isCut: isCut ?? false,
        label: `directory.source.${source}` as Label,
        isMissing: missing.has(attribute),
      })),
    }));
    const links = FIELDS.links.map((name) => ({ name, isMissing: missing.has(name) }));
    return page(request, reply, 'directory/mapping', { kinds, links, columns: COLUMNS, isKnown: lacks !== null });
  });
}
