import type { Actor } from '../base/actor.ts';
import { readReference } from '../base/code.ts';
import { TooManyTries, WrongTry } from '../base/errors.ts';
import { readIcNumber } from '../base/ic-number.ts';
import type { Db } from '../data/database.ts';
import { text } from '../forms/fields.ts';
import { defineForm, type FormState, openForm, readForm } from '../forms/form.ts';
import { placeOf } from '../sign-in/known-places.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { parameters } from '../web/parameters.ts';
import { inspect } from '../web/throttle.ts';
import { requestOf } from './queries.ts';
import { showRequest } from './shown-request.ts';

const StatusForm = defineForm(
  'status',
  {
    reference: text({
      label: 'check-status.reference',
      hint: 'check-status.referenceHint',
      max: 40,
      autocomplete: 'off',
    }),
    identity: text({ label: 'check-status.identity', max: 254, autocomplete: 'off' }),
  },
  ({ reference = '' }) =>
    readReference(reference) === null ? { reference: { key: 'check-status.referenceWrong' } } : {},
);

/** SOP 4.1: whoever asked for an access code sees how that stands, by the reference and what the person is known by. */
export function checkStatus(app: App) {
  const show = (request: Request, reply: Reply, form: FormState) =>
    page(request, reply, 'access-codes/check-status', { form });
  const config = { sop: '4.1', access: ['anyone'], form: StatusForm, show } as const;

  const querystring = parameters({ reference: { type: 'string', maxLength: 40 } });
  app.get('/access-code-requests/status', { schema: { querystring }, config }, (request, reply) =>
    show(request, reply, openForm(StatusForm, { reference: request.query.reference ?? '' })),
  );

  app.post('/access-code-requests/status', { config }, async (request, reply) => {
    const { reference, identity } = readForm(StatusForm, request.body);
    const asked = {
      reference: readReference(reference) ?? '',
      identity: readIcNumber(identity) ?? identity.toLowerCase(),
    };
    const found = await lookUp(app.db, asked, request.actor, app.clock());
    showRequest(reply, found);
    return reply.redirect(`/access-code-requests/${found}`, 303);
  });
}

/**
 * Looks a request up as carefully as a code: wrong tries count, and every wrong combination has one and the same answer.
 * @returns the reference
 * @throws WrongTry, or TooManyTries, which no administrator can shorten
 */
async function lookUp(db: Db, { reference, identity }: { reference: string; identity: string }, by: Actor, now: Date) {
  const tried = { by, what: 'request' as const, name: `request:${reference}`, ...(await placeOf(db, by, null, now)) };
  const look = async (forgive: () => Promise<void>) => {
    const found = await requestOf(db, reference, identity);
    if (found === undefined) throw new WrongTry('check-status.none');
    await forgive();
    return found.reference;
  };
  try {
    return await inspect(db, tried, now, look);
  } catch (error) {
    if (error instanceof TooManyTries) throw new TooManyTries(error.until, error.status, 'error.wait');
    throw error;
  }
}
