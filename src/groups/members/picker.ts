import { oneSpelling } from '../../base/spelling.ts';
import type { Db } from '../../data/database.ts';
import { EMAIL } from '../../forms/fields.ts';
import type { FormState } from '../../forms/form.ts';
import type { Request } from '../../web/app-types.ts';
import { type Group, whoHas } from '../queries.ts';
import { type Candidate, searchCandidates } from './candidates.ts';
import type { Member, MemberType } from './membership.ts';

/** Of what was typed, so many addresses are looked up to be shown by name; the rest stays as it was typed. */
const MOST_NAMED = 200;

/** How a form asks for some people or lists: who is chosen, who a search found, and a free field for the rest. */
export type Picker = {
  name: string;
  /** The name of the box that is searched with: a form may have several. */
  box: string;
  q: string;
  chosen: Member[];
  found: Candidate[];
  /** There is more than is shown. */
  more: boolean;
  /** The form with what stays in the free field. */
  form: FormState;
};

/**
 * Fills a picker: addresses of the form that are somebody's become ticked boxes, and the search adds boxes to tick.
 * @param of whose agency is asked
 * @param how `inside`: the list whose members are named as such among those found; `offer`: some accounts before any search
 */
export async function fillPicker(
  db: Db,
  of: Pick<Group, 'agency_id'>,
  form: FormState,
  name: string,
  how: { q: string; box?: string; types: readonly MemberType[]; inside?: number; offer?: boolean },
): Promise<Picker> {
  const typed = form.typed[name] ?? [];
  const wanted = typed.map((each) => each.trim().toLowerCase()).filter((each) => EMAIL.test(each));
  const known = wanted.length > MOST_NAMED ? [] : await whoHas(db, of, wanted);
  const fit = known.filter((each) => each.fate === 'active' && how.types.includes(each.type));
  const chosen = [...new Map(fit.map((each) => [each.address, each])).values()];
  const taken = new Set(fit.map((each) => each.typed));
  const rest = typed.filter((each) => each !== '' && !taken.has(each.trim().toLowerCase()));
  const { rows, more } =
    how.q === '' && !how.offer
      ? { rows: [], more: false }
      : await searchCandidates(db, of.agency_id, how.q, how.types, how.inside ?? 0);
  return {
    name,
    box: how.box ?? 'q',
    q: how.q,
    chosen,
    found: rows.filter((row) => !chosen.some((each) => each.address === row.address)),
    more,
    form: { ...form, typed: { ...form.typed, [name]: rest.length === 0 ? [] : [rest.join('\n')] } },
  };
}

/** What is searched for: in the address, or with the button inside the form, which sends what was filled in along. */
export function searched(request: Request, box = 'q') {
  const asked = { ...(request.query as object), ...(request.body as object | undefined) } as Record<string, unknown>;
  const q = asked[box];
  return typeof q === 'string' ? oneSpelling(q).trim().slice(0, 200) : '';
}

/**
 * Is the form sent to search, and not to save? By its button, or by Enter while what stands in one of its search boxes was not
 * searched for yet: Enter in any other field does what the form is for.
 */
export function isSearch(request: Request) {
  const body = (request.body ?? {}) as Record<string, unknown>;
  if (body.step !== 'default') return body.step === 'search';
  const asked = (name: string) => (typeof body[name] === 'string' ? oneSpelling(body[name]).trim() : '');
  const boxes = Object.keys(body).flatMap((name) => (name.endsWith('_was') ? [name.slice(0, -'_was'.length)] : []));
  return boxes.some((box) => asked(box) !== '' && asked(box) !== asked(`${box}_was`));
}
