import { parse } from 'node-html-parser';
import { DEMO_PASSWORD } from '../src/demo/seed.ts';

/** What a browser holds of somebody: the cookies, and a token for forms. */
export type Visitor = { cookie: string; token: string };
/** What a proxy in front says besides. */
type Headers = Record<string, string>;

/** Opens a page, and takes its cookies and its token. */
export async function open(port: number, path: string, cookie = '', headers: Headers = {}): Promise<Visitor> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { ...headers, cookie } });
  if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
  const token =
    parse(await answer.text())
      .querySelector('input[name=_csrf]')
      ?.getAttribute('value') ?? '';
  return { cookie: withCookies(cookie, answer), token };
}

/** Signs in through the form, and opens the first page, as a browser does. Returns the cookies that it then has. */
export async function signIn(port: number, login: string, headers: Headers = {}): Promise<string> {
  const { cookie, token } = await open(port, '/login', '', headers);
  const answer = await fetch(`http://127.0.0.1:${port}/login`, {
    method: 'POST',
    headers: { ...headers, cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ _csrf: token, login, password: DEMO_PASSWORD }),
    redirect: 'manual',
  });
  if (answer.status !== 303) throw new Error(`${login} cannot sign in: ${answer.status}`);
  return (await open(port, answer.headers.get('location') ?? '/', withCookies('', answer), headers)).cookie;
}

function withCookies(cookie: string, answer: Response) {
  const all = new Map(
    cookie
      .split('; ')
      .filter(Boolean)
      .map((each) => pair(each)),
  );
  for (const line of answer.headers.getSetCookie()) {
    const [name, value] = pair(line.split(';')[0] ?? '');
    if (value === '') all.delete(name);
    else all.set(name, value);
  }
  return [...all].map(([name, value]) => `${name}=${value}`).join('; ');
}

function pair(text: string): [string, string] {
  const at = text.indexOf('=');
  return [text.slice(0, at), text.slice(at + 1)];
}
