import type { Package } from '../data/schema.ts';
import type { SystemSettings } from '../data/system-settings.ts';
import { email, flag, many, optionalChoice, text, wholeNumber } from '../forms/fields.ts';
import { defineForm, type Field, FieldRefused, type Values } from '../forms/form.ts';
import { shownField } from '../forms/stale.ts';
import { SERVICES, STORAGES_MB } from '../officers/package.ts';
import { lower, type PackageLimits } from './system-values.ts';

const MINUTES_AN_HOUR = 60;

/** A whole number that must be given. */
function number(options: Parameters<typeof wholeNumber>[0]): Field<number> {
  const field = wholeNumber(options);
  return { ...field, read: (typed) => Number(field.read(typed)) };
}

/** An address of a web page, or null. */
function webAddress(options: Parameters<typeof text>[0]): Field<string | null> {
  const field = text(options);
  return {
    ...field,
    attributes: { type: 'url', inputmode: 'url', autocomplete: 'off' },
    read(typed) {
      const value = field.read(typed);
      if (value === '') return null;
      const url = URL.canParse(value) ? new URL(value) : null;
      if (url === null || !/^https?:\/\//i.test(value) || url.username !== '' || url.password !== '')
        throw new FieldRefused('settings.urlWrong');
      return url.href;
    },
  };
}

export const SystemForm = defineForm(
  'system',
  {
    access_code_days: number({
      label: 'field.access_code_days',
      hint: 'settings.accessCodeDaysHint',
      least: 1,
      most: 365,
    }),
    restore_days: number({ label: 'field.restore_days', hint: 'settings.restoreDaysHint', least: 1, most: 365 }),
    address_reservation_days: number({
      label: 'field.address_reservation_days',
      hint: 'settings.addressReservationDaysHint',
      least: 1,
      most: 3650,
    }),
    idle_minutes: number({ label: 'field.idle_minutes', hint: 'settings.idleMinutesHint', least: 5, most: 480 }),
    absolute_hours: number({ label: 'field.absolute_hours', hint: 'settings.absoluteHoursHint', least: 1, most: 72 }),
    owa_url: webAddress({ label: 'field.owa_url', hint: 'settings.owaUrlHint', max: 300, optional: true }),
    helpdesk_email: email({ label: 'field.helpdesk_email', hint: 'settings.helpdeskEmailHint', optional: true }),
    shown: shownField(),
  },
  ({
    restore_days = 0,
    address_reservation_days = restore_days,
    idle_minutes = 0,
    absolute_hours = Number.POSITIVE_INFINITY,
  }) => ({
    ...(restore_days > address_reservation_days
      ? { address_reservation_days: { key: 'settings.reservedLonger', params: { days: restore_days } } }
      : {}),
    ...(idle_minutes > absolute_hours * MINUTES_AN_HOUR
      ? { idle_minutes: { key: 'settings.idleShorter', params: { hours: absolute_hours } } }
      : {}),
  }),
);

/** What the form says of the settings. */
export function settingsFrom(values: Values<typeof SystemForm>): SystemSettings {
  return {
    accessCodeDays: values.access_code_days,
    restoreDays: values.restore_days,
    addressReservationDays: values.address_reservation_days,
    idleMinutes: values.idle_minutes,
    absoluteHours: values.absolute_hours,
    owaUrl: values.owa_url,
    helpdeskEmail: values.helpdesk_email,
  };
}

const MB_IN_GB = 1024;

const largest = (each: Package) =>
  optionalChoice({
    label: `field.${lower(each)}_largest_storage_mb`,
    options: [
      { value: '', label: 'settings.noLimit' },
      ...STORAGES_MB.map((size) => ({
        value: String(size),
        label: { text: size < MB_IN_GB ? `${size} MB` : `${size / MB_IN_GB} GB` },
      })),
    ],
  });
const limited = (each: Package) => flag({ label: `field.${lower(each)}_services_limited` });
const allowed = (each: Package) =>
  many({
    label: `field.${lower(each)}_services`,
    options: SERVICES.map((service) => ({ value: service, label: { text: service } })),
  });

export const PackageForm = defineForm('packages', {
  a_largest_storage_mb: largest('A'),
  a_services_limited: limited('A'),
  a_services: allowed('A'),
  b_largest_storage_mb: largest('B'),
  b_services_limited: limited('B'),
  b_services: allowed('B'),
  c_largest_storage_mb: largest('C'),
  c_services_limited: limited('C'),
  c_services: allowed('C'),
  shown: shownField(),
});

/** What the form says of the table. */
export function limitsFrom(values: Values<typeof PackageForm>): PackageLimits {
  const limit = (each: Package) => {
    const storage = values[`${lower(each)}_largest_storage_mb`];
    return {
      largestStorageMb: storage === null ? null : Number(storage),
      services: values[`${lower(each)}_services_limited`] ? values[`${lower(each)}_services`] : null,
    };
  };
  return { A: limit('A'), B: limit('B'), C: limit('C') };
}
