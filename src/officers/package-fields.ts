import { canonicalAddress, withDomain } from '../addresses/addresses.ts';
import { bareWord } from '../base/folding.ts';
import { many, optionalChoice, text } from '../forms/fields.ts';
import type { Allocation } from './allocation.ts';
import { loginId } from './login-id.ts';
import { GRADES, PACKAGES, SERVICES, STORAGES_MB } from './package.ts';

const plain = <const Value extends string>(value: Value) => ({ value, label: { text: value } });

/** A grade as letters and posts have it: `Gred 41`, `N41`, `DG 41`, `Gred N 09`; `TURUS III`. */
function gradeMeant(words: string) {
  const bare = bareWord(words).replace(/^(?:gred|grade)/, '');
  const turus = /^turus(i{1,3})$/.exec(bare)?.[1];
  if (turus !== undefined) return `TURUS ${turus.length}`;
  const known = GRADES.find((grade) => bareWord(grade) === bare);
  const number = /^[a-z]{0,3}0?([1-9]\d?)$/.exec(bare)?.[1];
  return known ?? GRADES.find((grade) => grade === number);
}

const inWords = (megabytes: number) => (megabytes < 1024 ? `${megabytes} MB` : `${megabytes / 1024} GB`);

/** SOP 4.5 steps 4 to 9. */
export const packageFields = {
  primary_email: text({ label: 'field.primary_email', hint: 'allocation.emailHint', max: 254, autocomplete: 'off' }),
  login_id: loginId({ optional: true }),
  package: optionalChoice({ label: 'field.package', as: 'radio', options: PACKAGES.map(plain) }),
  grade: optionalChoice({ label: 'field.grade', options: GRADES.map(plain), meant: gradeMeant }),
  storage_mb: optionalChoice({
    label: 'field.storage',
    options: STORAGES_MB.map((size) => ({ value: String(size), label: { text: inWords(size) } })),
  }),
  services: many({ label: 'field.services', options: SERVICES.map(plain) }),
  service_type: optionalChoice({
    label: 'field.service_type',
    as: 'radio',
    options: [
      { value: 'ordinary', label: 'service.ordinary' },
      { value: 'vip', label: 'service.vip' },
    ],
  }),
};

export type PackageInput = {
  primary_email: string;
  login_id: string;
  package: Allocation['package'];
  grade: string | null;
  storage_mb: string | null;
  services: string[];
  service_type: Allocation['service_type'];
};

/** What the form gives, in the registry's spelling. An address without a domain gets the agency's first. */
export function allocationFrom(input: PackageInput, domains: string[]): Allocation {
  return {
    primary_email: withDomain(canonicalAddress(input.primary_email), domains),
    login_id: input.login_id,
    package: input.package,
    grade: input.grade,
    storage_mb: input.storage_mb === null ? null : Number(input.storage_mb),
    services: input.services,
    service_type: input.service_type,
  };
}
