import { dayOf } from '../base/time.ts';
import { date, many, wholeNumber } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm, type Values } from '../forms/form.ts';
import { PROCEDURES } from '../sop/index.ts';
import type { Sentence } from '../texts.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { markedSayers, page } from '../web/pages.ts';
import { drawRecords, keepDraw } from './draw.ts';
import { procedureOptions } from './list.ts';
import { packOf } from './pack-files.ts';

const MOST_DRAWN = 200;
const USUALLY_DRAWN = 25;

type Days = { from?: string | null; to?: string | null; count?: number | null };

const PackForm = defineForm(
  'pack',
  {
    from: date({ label: 'audit-trail.from' }),
    to: date({ label: 'audit-trail.to' }),
    count: wholeNumber({ label: 'records.pack.count', hint: 'records.pack.countHint', least: 1, most: MOST_DRAWN }),
    sops: many({
      label: 'records.pack.sops',
      hint: 'records.pack.sopsHint',
      options: PROCEDURES.map(({ sop }) => ({ value: sop, label: { text: sop } })),
    }),
  },
  complete,
);

function complete({ from, to, count }: Days) {
  const problems: Partial<Record<keyof Days, Sentence>> = {};
  if (from === null) problems.from = { key: 'form.required' };
  if (to === null) problems.to = { key: 'form.required' };
  if (count === null) problems.count = { key: 'form.required' };
  if (from && to && to < from) problems.to = { key: 'records.pack.order' };
  return problems;
}

/** SOP 6.0: some records drawn at random, for an auditor, in one file. */
export function pack(app: App) {
  for (const role of ['admin', 'helpdesk'] as const) {
    const address = `/${role}/records/pack`;
    const show = (request: Request, reply: Reply, form: FormState) =>
      page(request, reply, 'records/pack', {
        form: { ...form, options: { sops: procedureOptions(markedSayers(request)) } },
        list: `/${role}/records`,
      });
    const config = { sop: '6.0', access: [role], form: PackForm, show } as const;

    app.get(address, { config }, (request, reply) => {
      const today = dayOf(app.clock());
      const known = { from: shown(`${today.slice(0, 4)}-01-01`), to: shown(today), count: USUALLY_DRAWN };
      return show(request, reply, openForm(PackForm, known));
    });

    app.post(address, { config }, async (request, reply) => {
      const now = app.clock();
      const { from, to, count, sops } = readForm(PackForm, request.body) as Filled;
      const draw = await drawRecords(app.db, request.actor, { from, to, sops }, count);
      await app.act(request, (act) => keepDraw(act, draw));
      const say = markedSayers(request);
      return reply
        .type('application/zip')
        .header('content-disposition', `attachment; filename="records-${from}-${to}.zip"`)
        .send(packOf(app.db, request.actor, draw, say, now));
    });
  }
}

type Filled = { [Name in keyof Values<typeof PackForm>]: NonNullable<Values<typeof PackForm>[Name]> };

/** A day as people type it. */
function shown(day: string) {
  return day.split('-').reverse().join('/');
}
