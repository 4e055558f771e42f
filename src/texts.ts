import { accessCodeTexts } from './access-codes/texts.ts';
import { accountRequestTexts } from './account-requests/texts.ts';
import { peopleTexts } from './agencies/people/texts.ts';
import { agencyTexts } from './agencies/texts.ts';
import { auditTexts } from './audit-trail/texts.ts';
import { backupTexts } from './backups/texts.ts';
import { bulkKindTexts } from './bulk/kinds/texts.ts';
import { bulkTexts } from './bulk/texts.ts';
import { clockTexts } from './clock/texts.ts';
import { contactTexts } from './contacts/texts.ts';
import { correctionTexts } from './corrections/texts.ts';
import { dashboardTexts } from './dashboard/texts.ts';
import { adoptionTexts } from './directory/adoption/texts.ts';
import { refusalTexts } from './directory/refusal-texts.ts';
import { directoryTexts } from './directory/texts.ts';
import { failedTexts } from './forms/failed-texts.ts';
import { fieldTexts } from './forms/field-texts.ts';
import { listRequestTexts } from './groups/change-requests/texts.ts';
import { groupTexts } from './groups/texts.ts';
import { identityTexts } from './identities/texts.ts';
import { calendarTexts } from './mailbox-life/calendar/texts.ts';
import { endingTexts } from './mailbox-life/ending-texts.ts';
import { mailboxLifeTexts } from './mailbox-life/texts.ts';
import { mailboxTexts } from './mailboxes/texts.ts';
import { myAccountTexts } from './my-account/texts.ts';
import { outboxTexts } from './outbox/texts.ts';
import { recordTexts } from './records/texts.ts';
import { reportTexts } from './reports/texts.ts';
import { searchTexts } from './search/texts.ts';
import { passkeyTexts } from './sign-in/passkeys/texts.ts';
import { secondFactorTexts } from './sign-in/second-factor/texts.ts';
import { signInTexts } from './sign-in/texts.ts';
import { standbyTexts } from './standby/texts.ts';
import { ticketTexts } from './tickets/texts.ts';
import { workingDayTexts } from './tickets/working-days/texts.ts';
import { attachmentTexts } from './trail/attachment-texts.ts';
import { transferTexts } from './transfers/texts.ts';
import { undoTexts } from './undo/texts.ts';
import { usageTexts } from './usage/texts.ts';
import { platformTexts } from './web/texts.ts';

/** Every sentence that IPMS says, in both languages side by side. A key that is not here does not compile. */
export const texts = {
  ...platformTexts,
  ...fieldTexts,
  ...failedTexts,
  ...attachmentTexts,
  ...signInTexts,
  ...secondFactorTexts,
  ...passkeyTexts,
  ...agencyTexts,
  ...peopleTexts,
  ...accessCodeTexts,
  ...accountRequestTexts,
  ...identityTexts,
  ...mailboxTexts,
  ...mailboxLifeTexts,
  ...endingTexts,
  ...calendarTexts,
  ...groupTexts,
  ...listRequestTexts,
  ...ticketTexts,
  ...workingDayTexts,
  ...myAccountTexts,
  ...outboxTexts,
  ...auditTexts,
  ...contactTexts,
  ...recordTexts,
  ...reportTexts,
  ...bulkTexts,
  ...bulkKindTexts,
  ...usageTexts,
  ...backupTexts,
  ...transferTexts,
  ...correctionTexts,
  ...undoTexts,
  ...clockTexts,
  ...standbyTexts,
  ...dashboardTexts,
  ...directoryTexts,
  ...refusalTexts,
  ...adoptionTexts,
  ...searchTexts,
};

export type Language = 'ms' | 'en';
export type TextKey = keyof typeof texts;
/** What goes into a text's `{…}`; a day or a state is said in the text's own language. */
export type Params = Record<string, string | number | Bilingual>;
/** The places that a sentence leaves to be filled: `{name}`, `{count:one day|many days}`. */
type Place<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer Number}:${string}` ? Number : Name) | Place<Rest>
  : never;
type PlacesOf<Key extends TextKey> = Place<(typeof texts)[Key][Language]>;
/** What must be said with a text: nothing, or each of its places; one that is missing or misspelt does not compile. */
export type ParamsOf<Key extends TextKey> = [PlacesOf<Key>] extends [never]
  ? []
  : [params: Record<PlacesOf<Key>, Params[string]>];
/** A text that leaves no place to be filled. */
export type Label = { [Key in TextKey]: [PlacesOf<Key>] extends [never] ? Key : never }[TextKey];
/** A text and what goes into it, to be said later in the reader's language; `place` is where to go for it. */
export type Sentence = { key: TextKey; params?: Params & { place?: string } };
/** A dictionary's shape: one sentence, said twice. */
export type Bilingual = Record<Language, string>;
/** What a form may be called: each has its words for when it is refused. */
export type FormName = TextKey extends infer Key ? (Key extends `failed.${infer Name}` ? Name : never) : never;
/** What the audit trail may say was done: each has its words under `audit.…`. */
export type AuditAction = TextKey extends infer Key ? (Key extends `audit.${infer Action}` ? Action : never) : never;
