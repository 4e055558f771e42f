import type { Row } from '../data/schema.ts';
import type { PdfBlock, PdfDocument } from '../paper/pdf.ts';
import { titleOf } from '../sop/index.ts';
import type { Sayers } from '../web/pages.ts';
import type { Case } from './case.ts';
import { attachmentInWords, attachmentsIn, contentInWords, type Fact } from './content.ts';
import type { CaseMail } from './queries.ts';

/** A record's number as a file may be called. */
export function fileName(number: string) {
  return number.replaceAll('/', '-');
}

/** Number, file, procedure, whom, when and by whom: the head of the page and of the printed record. */
export function headOf({ record, agency }: Case, say: Sayers): Fact[] {
  const procedure = titleOf(record.sop);
  return [
    [say.t('records.number'), record.number],
    [say.t('records.fileReference'), record.file_reference || say.t('none')],
    [say.t('field.agency'), agency],
    [say.t('records.sop'), procedure === undefined ? record.sop : `${record.sop} ${say.say(procedure)}`],
    [say.t('records.about'), record.item_name],
    [say.t('records.filedAt'), say.time(record.filed_at)],
    [say.t('records.filedBy'), record.filed_by_name],
  ];
}

/** SOP 6.0. A record as it is printed: the case's file, sealed. */
export function documentOf(found: Case, say: Sayers, printed: { at: Date; by: string }): PdfDocument {
  const { record, agency } = found;
  return {
    language: say.language,
    title: say.t(record.title),
    subtitle: `${record.number} · ${record.item_name}`,
    at: printed.at,
    foot: `${record.number} · ${agency} · ${say.t('records.printed', { time: say.time(printed.at), name: printed.by })}`,
    blocks: blocksOf(found, say),
  };
}

function* blocksOf(found: Case, say: Sayers): Generator<PdfBlock> {
  const { t } = say;
  yield { kind: 'facts', facts: headOf(found, say) };
  for (const { heading, facts } of contentInWords(found.record, say, found.people)) {
    yield { kind: 'heading', text: heading };
    yield { kind: 'facts', facts };
  }
  const attachments = attachmentsIn(found.record);
  if (attachments.length > 0) {
    yield { kind: 'heading', text: t('attachment.heading') };
    yield { kind: 'facts', facts: attachments.map((file) => [file.file_name, attachmentInWords(file, say)]) };
  }
  yield { kind: 'heading', text: t('records.steps') };
  yield stepTable(found.steps, say);
  yield { kind: 'heading', text: t('records.mails') };
  if (found.mails.rows.length === 0) yield { kind: 'paragraph', text: t('records.noMails') };
  else yield mailTable(found.mails.rows, say);
  if (found.mails.total > found.mails.rows.length)
    yield { kind: 'paragraph', text: t('records.more', { count: say.number(found.mails.total) }) };
  yield { kind: 'heading', text: t('records.later') };
  yield { kind: 'paragraph', text: t(found.later.rows.length === 0 ? 'records.noLater' : 'records.laterText') };
  if (found.later.rows.length > 0) yield stepTable(found.later.rows, say);
  yield { kind: 'heading', text: t('records.seal') };
  yield { kind: 'paragraph', text: found.record.hash };
  yield { kind: 'paragraph', text: t(found.sealed ? 'records.sealed' : 'records.broken') };
}

function stepTable(rows: Row<'audit'>[], { t, time }: Sayers): PdfBlock {
  return {
    kind: 'table',
    columns: [
      { heading: t('audit-trail.at'), share: 1.3 },
      { heading: t('audit-trail.action'), share: 2.4 },
      { heading: t('audit-trail.actor'), share: 2 },
      { heading: 'SOP', share: 0.5 },
    ],
    rows: rows.map((row) => [
      time(row.at),
      t(`audit.${row.action}`),
      `${row.actor_name} (${t(`role.${row.actor_role}`)})`,
      row.sop ?? '',
    ]),
  };
}

function mailTable(rows: CaseMail[], { t, time, language }: Sayers): PdfBlock {
  return {
    kind: 'table',
    columns: [
      { heading: t('records.mailAt'), share: 1.3 },
      { heading: t('records.mailTo'), share: 2 },
      { heading: t('records.mailSubject'), share: 2.4 },
      { heading: t('field.status'), share: 1 },
    ],
    rows: rows.map((row) => [
      time(row.sent_at ?? row.created_at),
      row.to_address,
      language === 'ms' ? row.subject_ms : row.subject_en,
      t(`outbox.state.${row.state}`),
    ]),
  };
}
