import { DEMO_PASSWORD } from '../../src/demo/seed.ts';
import { type Case, median, milliseconds, mustAnswer } from '../case.ts';
import { startLoad } from '../programs.ts';
import { open, signIn } from '../visitor.ts';

const MOST = 2;
const ROUNDS = 3;
const SIGN_INS = 4;
const SECONDS = 2;

/** Quality §5: while four sign-ins are hashed at once (bcrypt, cost 12), another page stays quick. */
export const hashing: Case = {
  name: 'hashing',
  async run({ ipms, load }) {
    const cookie = await signIn(ipms.port, 'pegawai.jabatan');
    const { cookie: form, token } = await open(ipms.port, '/login');
    const second = startLoad();
    const other = async () => {
      const page = await load({ port: ipms.port, path: '/me', headers: { cookie }, connections: 1, seconds: SECONDS });
      mustAnswer(page, '200', '/me');
      return page;
    };
    const idle: number[] = [];
    const busy: number[] = [];
    let signInsPerSecond = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      idle.push((await other()).p95);
      const signIns = second.run({
        port: ipms.port,
        method: 'POST',
        path: '/login',
        headers: { cookie: form },
        body: `${new URLSearchParams({ _csrf: token, login: 'admin.jabatan', password: DEMO_PASSWORD })}&n={n}`,
        connections: SIGN_INS,
        seconds: SECONDS,
      });
      busy.push((await other()).p95);
      const done = await signIns;
      mustAnswer(done, '303', 'signing in');
      signInsPerSecond = done.perSecond;
    }
    await second.stop();
    const ratio = median(busy) / median(idle);
    return [
      {
        what: `/me while ${SIGN_INS} sign-ins are hashed (${signInsPerSecond.toFixed(1)}/s)`,
        figure: `p95 ${milliseconds(median(busy))}, idle ${milliseconds(median(idle))}`,
        ratio: `${ratio.toFixed(1)} x`,
        target: `<= ${MOST} x`,
        ok: ratio <= MOST,
      },
    ];
  },
};
