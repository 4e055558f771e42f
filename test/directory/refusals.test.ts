import { t } from 'tap';
import { absenceOf, refusalOf } from '../../src/directory/refusals.ts';

t.test('what Windows says is understood', async (t) => {
  const refusals: [code: number, words: string, key: string][] = [
    [19, '0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0', 'password'],
    [68, '00002071: UpdErr: DSID-031B0F0D, problem 6005 (ENTRY_EXISTS), data 0', 'nameInUse'],
    [19, '0000202F: AtrErr: DSID-03151E6C, #1: problem 1005 (CONSTRAINT_ATT_TYPE), data 0', 'inUse'],
    [80, '00000523: SysErr: DSID-031A1202, problem 22 (Invalid argument), data 0', 'loginName'],
    [19, '00002082: AtrErr: DSID-031519A5, problem 1005 (CONSTRAINT_ATT_TYPE), data 0', 'tooLong'],
    [50, '00002098: SecErr: DSID-03150F94, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0', 'rights'],
    [80, '00002095: SysErr: DSID-0315279B, problem 1 (Operation not permitted)', 'container'],
    [32, "0000208D: NameErr: DSID-0310028D, problem 2001 (NO_OBJECT), data 0, best match of: ''", 'gone'],
    [68, 'no number at all', 'nameInUse'],
    [71, '', 'other'],
  ];
  for (const [code, words, key] of refusals) t.equal(refusalOf(code, words), `directory.refused.${key}`, words);
});

t.test('why nothing can be done at all', async (t) => {
  const signIn = (data: string) =>
    `80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data ${data}, v2580`;
  const absences: [code: number | string | undefined, words: string, key: string][] = [
    [49, signIn('52e'), 'password'],
    [49, signIn('533'), 'disabled'],
    [49, signIn('701'), 'expired'],
    [49, signIn('773'), 'mustChange'],
    [49, signIn('775'), 'locked'],
    [49, '', 'password'],
    [4, '', 'brokenOff'],
    [11, '', 'brokenOff'],
    [32, '', 'base'],
    [51, '', 'busy'],
    [52, '', 'busy'],
    ['CERT_HAS_EXPIRED', '', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', '', 'certificate'],
    ['SELF_SIGNED_CERT_IN_CHAIN', '', 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', '', 'certificate'],
    ['ECONNREFUSED', '', 'unreachable'],
    [undefined, 'SearchRequest: Operation timed out', 'unreachable'],
  ];
  for (const [code, words, key] of absences)
    t.equal(absenceOf(code, words), `directory.away.${key}`, `${code} ${words}`);
});
