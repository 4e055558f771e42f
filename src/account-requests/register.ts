import { signInWithCode } from '../access-codes/applicant.ts';
import type { Category } from '../data/schema.ts';
import { choice, email, icNumber, named, text } from '../forms/fields.ts';
import { defineForm, type FormState, InvalidForm, openForm, readForm } from '../forms/form.ts';
import { beginSession, Ended, hasEnded } from '../sign-in/login.ts';
import type { App, Reply, Request } from '../web/app-types.ts';
import { page } from '../web/pages.ts';
import { parameters } from '../web/parameters.ts';
import { newestUnsavedForm } from '../web/unsaved-forms.ts';

export const CATEGORY_OPTIONS = [
  { value: 'civil_servant', label: 'category.civil_servant' },
  { value: 'other', label: 'category.other' },
] as const;

const access_code = {
  ...text({ label: 'field.access_code', hint: 'register.codeHint', max: 60, autocomplete: 'off' }),
  secret: true,
};

/** What each category signs in with, in the SOP's order. */
const SIGN_IN = {
  civil_servant: defineForm('register', {
    full_name: named({ label: 'field.full_name', max: 150, autocomplete: 'name' }),
    ic_number: icNumber({ label: 'field.ic_number', hint: 'field.ic_number.hint' }),
    access_code,
  }),
  other: defineForm('register', {
    account_name: named({ label: 'field.account_name', max: 150 }),
    email: email({ label: 'field.email', hint: 'register.emailHint' }),
    access_code,
  }),
};

/** Both, with the category that says which of them it is. */
const RegisterForm = defineForm('register', {
  category: { ...choice({ label: 'field.category', options: CATEGORY_OPTIONS }), kind: 'hidden' },
  ...SIGN_IN.civil_servant.fields,
  ...SIGN_IN.other.fields,
});

/** SOP 4.3 and 4.4 step 1: the sign-in of the account module, with an access code. */
export function register(app: App) {
  const show = (request: Request, reply: Reply, form: FormState) => {
    const category = categoryIn(request.body) ?? categoryIn(request.query);
    const ended = hasEnded(request);
    if (category === null) return page(request, reply, 'account-requests/categories', { ended });
    const typed = { ...form.typed, category: [category] };
    return page(request, reply, 'account-requests/register', {
      form: { ...form, typed },
      category,
      ended,
      fields: Object.keys(SIGN_IN[category].fields),
      sop: category === 'civil_servant' ? '4.3' : '4.4',
    });
  };
  const schema = { querystring: parameters({ category: { type: 'string', maxLength: 20 }, ended: Ended }) };
  const config = { sop: ['4.3', '4.4'], access: ['anyone'], form: RegisterForm, show } as const;

  app.get('/register', { schema, config }, async (request, reply) => {
    if (request.actor.role === 'applicant' && request.query.category === undefined)
      return reply.redirect('/register/status', 303);
    return show(request, reply, openForm(RegisterForm));
  });

  app.post('/register', { schema, config }, async (request, reply) => {
    const category = categoryIn(request.body) ?? categoryIn(request.query);
    if (category === null) throw new InvalidForm({ category: { key: 'form.choose' } });
    const given = { category, ...readSignIn(category, request.body) };
    const code = await signInWithCode(app.db, request.actor, given, app.clock());
    await beginSession(request, reply, { accessCodeId: code.id });
    const unsaved = await newestUnsavedForm(app.db, { user_id: null, access_code_id: code.id }, app.clock());
    return reply.redirect(unsaved ?? '/register/status', 303);
  });
}

function readSignIn(category: Category, body: unknown) {
  if (category === 'civil_servant') {
    const input = readForm(SIGN_IN.civil_servant, body);
    return { name: input.full_name, identity: input.ic_number ?? '', access_code: input.access_code };
  }
  const input = readForm(SIGN_IN.other, body);
  return { name: input.account_name, identity: input.email ?? '', access_code: input.access_code };
}

function categoryIn(source: unknown): Category | null {
  const value = (source as Record<string, unknown> | null)?.category;
  return value === 'civil_servant' || value === 'other' ? value : null;
}
