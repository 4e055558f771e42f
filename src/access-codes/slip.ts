import { qrCode } from '../paper/qr.ts';
import { findSender } from '../trail/sender-queries.ts';
import type { Request } from '../web/app-types.ts';
import type { AccessCode } from './queries.ts';

/** What a slip on paper says beside the person's: whose it is, and where to register, in letters and for a camera. */
export async function slipOf(request: Request, { category }: Pick<AccessCode, 'category'>) {
  const base = request.server.baseUrl();
  return {
    issuer: await findSender(request.server.db, request.actor),
    address: `${base}/register`,
    // the code is not in it: whoever takes a picture of the drawing alone has nothing
    qr: await qrCode(`${base}/register?category=${category}`),
  };
}
