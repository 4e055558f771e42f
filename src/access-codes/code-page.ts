import { both } from '../base/language.ts';
import type { Row } from '../data/schema.ts';
import { defineForm, type Form, type FormState, openForm, readForm } from '../forms/form.ts';
import { identityFields, identityOf, withIdentity } from '../officers/identity.ts';
import { type Instead, railOf } from '../sop/index.ts';
import { historyOf } from '../trail/audit.ts';
import { type App, Id, type Reply, type WithId } from '../web/app-types.ts';
import { setFlash } from '../web/flash.ts';
import { page } from '../web/pages.ts';
import { correctCode, resendCode, revokeCode } from './access-code.ts';
import { CODE_TONES } from './code-list.ts';
import { type AccessCode, doublesOf, findAccessCode, stateOf } from './queries.ts';
import { RefuseForm } from './request-page.ts';
import { slipOf } from './slip.ts';
import { toldOf } from './told.ts';
import { verificationFields } from './verification.ts';

const CorrectForm = defineForm('correct', { ...identityFields, ...verificationFields }, identityOf);
const ResendForm = defineForm('resend', {});

type Forms = { correct?: FormState; resend?: FormState; revoke?: FormState };

/** What SOP 4.2 steps 3 and 4 are where not everybody has an address. */
function tellingOf(code: AccessCode): Instead<'4.2'> {
  const told = toldOf(code);
  if (told === 'both') return {};
  const untold = { generate: { task: both(`access-code.told.${told}`) } };
  return told === 'supervisor' ? untold : { ...untold, instruct: { who: 'admin' } };
}

/** What was confirmed and put right after that is to be confirmed anew (SOP 4.2 step 5). */
function sinceCorrected(rows: Row<'audit'>[]) {
  const at = rows.findLastIndex((row) => row.action === 'access-code.corrected');
  return rows.filter((row, index) => index > at || row.action !== 'access-code.confirmed');
}

/** SOP 4.2: one code of the agency; it can be sent anew, corrected (step 5) or revoked. */
export function codePage(app: App) {
  const route = { schema: { params: Id }, config: { sop: '4.2', access: ['admin'] } } as const;
  app.get('/admin/access-codes/:id', route, (request, reply) => show(request, reply));
  resend(app);
  correct(app);
  revoke(app);
}

async function show(request: WithId, reply: Reply, forms: Forms = {}, open?: keyof Forms) {
  const { db, clock } = request.server;
  const code = await findAccessCode(db, request.actor, request.params.id);
  const history = await historyOf(db, { type: 'access_code', id: code.id });
  const state = stateOf(code, clock());
  const doubles = await doublesOf(db, code, { codeId: code.id }, clock());
  return page(request, reply, 'access-codes/access-code', {
    code,
    state,
    tone: CODE_TONES[state],
    open,
    doubles: doubles.filter(({ kind }) => kind === 'restorable'),
    slip: await slipOf(request, code),
    rail: railOf('4.2', sinceCorrected(history), { instead: tellingOf(code), isOver: state === 'revoked' }),
    history,
    forms: {
      correct: openForm(CorrectForm, code),
      resend: openForm(ResendForm),
      revoke: openForm(RefuseForm),
      ...forms,
    },
  });
}

function resend(app: App) {
  app.post('/admin/access-codes/:id/resend', command(app, 'resend', ResendForm), async (request, reply) => {
    const issued = await app.act(request, (act) => resendCode(act, request.params.id));
    setFlash(reply, { key: 'access-code.resent', secret: issued.code, mailed: issued.mailed });
    return reply.redirect(`/admin/access-codes/${issued.id}`, 303);
  });
}

function correct(app: App) {
  app.post('/admin/access-codes/:id/correct', command(app, 'correct', CorrectForm), async (request, reply) => {
    const { verified_with, verification_note, ...details } = withIdentity(readForm(CorrectForm, request.body));
    const issued = await app.act(request, (act) =>
      correctCode(act, request.params.id, details, { verified_with, verification_note }),
    );
    setFlash(reply, { key: 'access-code.corrected', secret: issued.code, mailed: issued.mailed });
    return reply.redirect(`/admin/access-codes/${issued.id}`, 303);
  });
}

function revoke(app: App) {
  app.post('/admin/access-codes/:id/revoke', command(app, 'revoke', RefuseForm), async (request, reply) => {
    await app.act(request, (act) => revokeCode(act, request.params.id, readForm(RefuseForm, request.body)));
    setFlash(reply, { key: 'access-code.revoked' });
    return reply.redirect(`/admin/access-codes/${request.params.id}`, 303);
  });
}

/** One thing that may be done to a code: its address shows the code with the form open. Returns the route that does it. */
function command(app: App, name: keyof Forms, form: Form) {
  const again = (request: WithId, reply: Reply, refused: FormState) => show(request, reply, { [name]: refused }, name);
  const route = { schema: { params: Id }, config: { sop: '4.2', access: ['admin'], form, show: again } } as const;
  app.get(`/admin/access-codes/:id/${name}`, route, (request, reply) => show(request, reply, {}, name));
  return route;
}
