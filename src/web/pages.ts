import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import view from '@fastify/view';
import { Eta } from 'eta';
import type { Actor } from '../base/actor.ts';
import { markEnglish, markedAsSpans } from '../base/english-words.ts';
import { maskIcNumber, showIcNumber } from '../base/ic-number.ts';
import { markedTranslator, readLanguage, translator } from '../base/language.ts';
import { daysBetween, isoDate, isoTime, readDay, showDate, showDayOfYear, showTime } from '../base/time.ts';
import type { ListQuery } from '../data/paging.ts';
import type { Field, FormState } from '../forms/form.ts';
import type { Column, Tone } from '../lists/listing.ts';
import type { Rail } from '../sop/index.ts';
import type { Bilingual, Label, Language } from '../texts.ts';
import type { FiledAttachment } from '../trail/attachments.ts';
import { type AuditFacts, changesInWords } from '../trail/audit-words.ts';
import type { App, Reply, Request } from './app-types.ts';
import { cookieName } from './cookies.ts';
import { formToken } from './csrf.ts';
import { takeFlash } from './flash.ts';
import { sessionEnd } from './session-end.ts';

/** How a field is shown where it differs from what its form says. */
type FieldLook = Partial<Pick<Field, 'label' | 'hint' | 'optional' | 'options'>> & {
  size?: 'short';
  /** Nothing is said of its being optional. */
  quiet?: boolean;
  noPrompt?: boolean;
  rows?: number;
};
type Link = (changes: Record<string, string | number>) => string;
// biome-ignore lint/suspicious/noExplicitAny: a table's rows do not matter here
type TableColumn = Omit<Column<any>, 'label'> & { label: string };
type TableLook = {
  caption: string;
  showCaption?: boolean;
  query?: Pick<ListQuery, 'sort' | 'descending'>;
  link?: Link;
};

/** The templates that pages are put together from: `it.ui.field(form, name)` and so on. */
export type Ui = {
  field(state: FormState, name: string, how?: FieldLook): string;
  token(): string;
  table(columns: readonly TableColumn[], rows: readonly unknown[], how: TableLook): string;
  pager(how: { page: number; pages: number; link: Link; capped?: boolean }): string;
  rail(rail: Rail): string;
  /** Pairs of a text's key and a value; a pair without a value is left out. */
  facts(facts: readonly (readonly [label: string, value: string | number | false | null | undefined])[]): string;
  tag(text: string, tone?: Tone): string;
  /** The files that belong to a thing, each to be downloaded. */
  attachments(files: readonly FiledAttachment[]): string;
};
const COMPONENTS = [
  'field',
  'token',
  'table',
  'pager',
  'rail',
  'facts',
  'tag',
  'attachments',
] as const satisfies (keyof Ui)[];

const ROOT = join(import.meta.dirname, '../..');

export type MenuEntry = { href: string; label: Label; count?: number };
/** What is folded opens by its heading, and is open where one of its pages is shown. */
export type Menu = { heading: Label | { text: string }; isFolded?: true; entries: MenuEntry[] }[];

/** What the frame around every page needs to know, and only the features can tell. */
export type Frame = {
  menuOf(actor: Actor): Promise<Menu>;
  /** Shown on every page of a trial installation. */
  notice: Label | null;
  /** What the pages about a procedure call it. */
  procedureTitle(sop: string): Bilingual | undefined;
};

/** Templates are indented to be read; sent, that would be up to a third of a page. */
const WITHOUT_INDENTATION = { processTemplate: (template: string) => template.replace(/^ +/gm, '') };

export async function servePages(app: App, frame: Frame, production: boolean) {
  const views = join(ROOT, 'views');
  const eta = new Eta({ views, cache: production, plugins: [WITHOUT_INDENTATION] });
  // a page is put together from a dozen of these: known by name, none has to be looked for among the files
  for (const name of COMPONENTS)
    eta.loadTemplate(`@${name}`, readFileSync(join(views, `components/${name}.eta`), 'utf8'));
  const assets = assetVersions();
  await app.register(view, { engine: { eta }, templates: views, production });
  app.decorate('frame', frame);
  app.decorate('eta', eta);
  app.decorate('assets', assets);
}

declare module 'fastify' {
  interface FastifyInstance {
    frame: Frame;
    eta: Eta;
    assets: Record<string, string>;
  }
}

/** Each public file's address with a mark of its content, so that browsers may keep it for a year. */
function assetVersions() {
  const folder = join(ROOT, 'public');
  const mark = (file: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('base64url')
      .slice(0, 10);
  return Object.fromEntries(readdirSync(folder).map((file) => [file, `/public/${file}?v=${mark(file)}`]));
}

export function languageOf(request: Request): Language {
  return readLanguage(request.cookies?.[cookieName(request.server.settings, 'language')]);
}

const NUMBERS = { ms: new Intl.NumberFormat('ms-MY'), en: new Intl.NumberFormat('en-MY') };

/** What writes numbers in a language. */
export function numberInWords(language: Language) {
  // most are small, and are written alike in both languages
  return (value: number) =>
    Number.isInteger(value) && Math.abs(value) < 1000 ? `${value}` : NUMBERS[language].format(value);
}

/** Words, days and numbers in a language. */
function sayersOf(language: Language, now: Date) {
  const t = translator(language);
  const number = numberInWords(language);
  return {
    t,
    language,
    say: (text: Bilingual) => text[language],
    date: (moment: string | Date) => showDate(language, moment),
    dayOfYear: (moment: string | Date) => showDayOfYear(language, moment),
    time: (moment: string | Date) => showTime(language, moment),
    /** A day as a date picker takes it; null for what was typed and is none: a picker would show nothing of it. */
    pickedDay: (typed: string) => (typed === '' ? '' : readDay(typed)),
    daysAgo: (moment: string) => daysBetween(moment, now),
    sopNumber: (number: string) => number,
    seal: (hash: string) => hash,
    number,
    size: (megabytes: number) =>
      megabytes >= 1024 ? `${number(Math.round((megabytes / 1024) * 10) / 10)} GB` : `${number(megabytes)} MB`,
    /** What a file is and about how large: `PDF, 312 KB`. */
    file: ({ file_type, file_size }: Pick<FiledAttachment, 'file_type' | 'file_size'>) => {
      const megabytes = file_size / 1024 ** 2;
      const size =
        megabytes >= 1 ? `${number(Math.round(megabytes * 10) / 10)} MB` : `${Math.ceil(megabytes * 1024)} KB`;
      return `${file_type.split('/')[1]?.toUpperCase()}, ${size}`;
    },
    maskIc: maskIcNumber,
    showIc: showIcNumber,
  };
}

export type Words = ReturnType<typeof sayersOf>;

/** Functions that every template has, in the language of the reader. */
export function sayers(language: Language, now: Date) {
  return withChanges(sayersOf(language, now));
}

/**
 * The same for a file that a spreadsheet opens: days and times as it sorts them, and what it would take for a number
 * (4.20 becomes 4.2) or a formula (a seal may begin with `-`) after a word.
 */
export function fileSayers(language: Language, now: Date): Sayers {
  return withChanges({
    ...sayersOf(language, now),
    date: isoDate,
    time: isoTime,
    sopNumber: (number) => `SOP ${number}`,
    seal: (hash) => `seal:${hash}`,
  });
}

/** Words that were just made, with what can be said by them. */
function withChanges(words: Words) {
  return Object.assign(words, {
    /** What an audit row says was changed. */
    changes: (row: AuditFacts, agencies?: Map<number, string>) => changesInWords(row, words, agencies),
  });
}

export type Sayers = ReturnType<typeof sayers>;

/** Words of pages and papers say what in them is English; those of files and mails stay plain. */
const inMalay = markedTranslator(markEnglish);
const pageWords = (language: Language) =>
  language === 'ms' ? { t: inMalay, say: (text: Bilingual) => markEnglish(text.ms) } : {};

/** What a page or a paper says, put together before it is shown: in the reader's language, with the English in it marked. */
export function markedSayers(request: Request): Sayers {
  const language = languageOf(request);
  return withChanges(Object.assign(sayersOf(language, request.server.clock()), pageWords(language)));
}

/** What every template has beside the data of its page. */
async function localsOf(request: Request, reply: Reply, sop: string | undefined) {
  const { server, actor } = request;
  const { frame } = server;
  return Object.assign(markedSayers(request), {
    actor,
    sop,
    procedure: sop === undefined ? undefined : frame.procedureTitle(sop),
    csrf: formToken(request, reply),
    path: request.url,
    /** What the browser asked for: a form that was kept is shown under an address of its own. */
    returnTo: request.originalUrl,
    baseUrl: server.baseUrl(),
    flash: takeFlash(request, reply),
    notice: frame.notice,
    asset: (name: string) => server.assets[name] ?? name,
    menu: actor.userId !== null && request.mustFirst === null ? await frame.menuOf(actor) : [],
    agencyName: request.agencyName,
    sessionEnd: await sessionEnd(request),
    /** What was looked for with the search in the head, which keeps it on its own page. */
    sought: '',
    /** The form that came back, if one did: the frame says first what is wrong with it. */
    refusedForm: undefined as FormState | undefined,
  });
}

export type Locals = Awaited<ReturnType<typeof localsOf>> & { ui: Ui };

/**
 * Renders a view inside the frame: menu, who is signed in, messages, form token.
 * @param viewName under views/, without ending; a test holds what it reads against what is given here
 */
export async function page(request: Request, reply: Reply, viewName: string, data: Record<string, unknown> = {}) {
  const { eta } = request.server;
  const [first] = [request.routeOptions.config.sop].flat();
  // the badge at the head names the procedure whose steps stand beside it
  const own = data.rail === undefined ? first : (data.rail as Rail).sop;
  const sop = 'sop' in data ? (data.sop as string | undefined) : own;
  const locals: Record<string, unknown> = await localsOf(request, reply, sop);
  locals.ui = componentsWith(eta, locals);
  locals.refusedForm = Object.values({ ...data, ...(data.forms as object | undefined) }).find(
    (value) => isFormState(value) && (value.problem !== null || Object.keys(value.problems).length > 0),
  );
  return markedAsSpans(await reply.viewAsync(viewName, { ...locals, ...data }));
}

/** A component sees what its page does; it may show others, so that each gives the parameters back as they were. */
function componentsWith(eta: Eta, locals: Record<string, unknown>) {
  const ui: Partial<Record<keyof Ui, (...parameters: unknown[]) => string>> = {};
  for (const name of COMPONENTS)
    ui[name] = (...parameters) => {
      const outer = locals.parameters;
      locals.parameters = parameters;
      const html = eta.render(`@${name}`, locals);
      locals.parameters = outer;
      return html;
    };
  return ui;
}

function isFormState(value: unknown): value is FormState {
  return typeof value === 'object' && value !== null && 'form' in value && 'problems' in value && 'typed' in value;
}
