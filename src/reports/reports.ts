import { accountListReport } from './account-list.ts';
import { accountsReport } from './accounts.ts';
import { administratorsReport } from './administrators.ts';
import { disabledLongReport } from './disabled-long.ts';
import { dormantReport } from './dormant.ts';
import { expiringReport } from './expiring.ts';
import { groupsReport } from './groups.ts';
import { movementsReport } from './movements.ts';
import type { AnyReport } from './report.ts';
import { requestsReport } from './requests.ts';
import { secondAccountsReport } from './second-accounts.ts';
import { ticketsReport } from './tickets.ts';

/** Every report, in the order in which they are named. */
export const REPORTS: readonly AnyReport[] = [
  accountsReport,
  accountListReport,
  movementsReport,
  requestsReport,
  ticketsReport,
  groupsReport,
  disabledLongReport,
  dormantReport,
  expiringReport,
  administratorsReport,
  secondAccountsReport,
];
