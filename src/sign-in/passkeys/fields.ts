import { type Field, FieldRefused } from '../../forms/form.ts';

/** What a device answered, as the page's script puts it into the form. What it means, the ceremony decides. */
export type Answered = { id: string; rawId: string; type: string; response: Record<string, unknown> };

/** Filled by the script once the device has answered; without scripts it stays empty. */
export const credential: Field<Answered> = {
  kind: 'hidden',
  label: 'field.passkey',
  optional: true,
  secret: true,
  max: 0,
  attributes: {},
  read: ([text = '']) => {
    if (text === '') throw new FieldRefused('passkey.needsScripts');
    const answered = parse(text);
    if (answered === null) throw new FieldRefused('passkey.wrong');
    return answered;
  },
};

function parse(text: string): Answered | null {
  try {
    const { id, rawId, type, response } = JSON.parse(text) as Partial<Answered>;
    const isWhole = typeof id === 'string' && typeof rawId === 'string' && typeof type === 'string';
    return isWhole && typeof response === 'object' && response !== null ? { id, rawId, type, response } : null;
  } catch {
    return null; // no JSON: what our script never sends
  }
}
