import { plainSigns } from './spelling.ts';

/**
 * Place-of-birth codes of the Malaysian identity card (National Registration Department): states 01–16 and their older
 * numbers 21–59, unknown state 82, and countries 60–68, 71, 72, 74–79, 83–93, 98, 99.
 */
function isPlaceOfBirth(code: number) {
  return (
    (code >= 1 && code <= 16) ||
    (code >= 21 && code <= 68) ||
    code === 71 ||
    code === 72 ||
    (code >= 74 && code <= 79) ||
    (code >= 82 && code <= 93) ||
    code === 98 ||
    code === 99
  );
}

/**
 * An identity card number, `YYMMDD-PB-NNNN` with or without dashes or spaces of any kind, as 12 digits.
 * @returns null when its date or place of birth cannot exist
 */
export function readIcNumber(typed: string): string | null {
  const match = /^(\d{6})(?: ?- ?| )?(\d{2})(?: ?- ?| )?(\d{4})$/.exec(plainSigns(typed).trim());
  if (match === null) return null;
  const [, birth = '', place = '', serial = ''] = match;
  if (!isPlaceOfBirth(Number(place))) return null;
  return bornOn(`19${birth}`) || bornOn(`20${birth}`) ? birth + place + serial : null;
}

function bornOn(digits: string) {
  const iso = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
}

/** `900101-14-0101`: for the person's own page. */
export function showIcNumber(digits: string) {
  return digits.length === 12 ? `${digits.slice(0, 6)}-${digits.slice(6, 8)}-${digits.slice(8)}` : digits;
}

/** `900101-**-***1`: for lists. */
export function maskIcNumber(digits: string) {
  return digits.length === 12 ? `${digits.slice(0, 6)}-**-***${digits.slice(11)}` : `${digits.slice(0, 2)}****`;
}
