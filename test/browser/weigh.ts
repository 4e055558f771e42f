import type { Page } from 'playwright-core';

/** Opens a page and counts what comes over the wire for it: bytes with their headers, and what was asked for. */
export async function weigh(page: Page, path: string) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  const asked = new Map<string, string>();
  let bytes = 0;
  devtools.on('Network.requestWillBeSent', ({ requestId, request }) => asked.set(requestId, request.url));
  devtools.on('Network.requestServedFromCache', ({ requestId }) => asked.delete(requestId));
  devtools.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.fromDiskCache) asked.delete(requestId);
  });
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  const answer = await page.goto(path, { waitUntil: 'networkidle' });
  if (answer?.status() !== 200) throw new Error(`${path} answers ${answer?.status()}`);
  await devtools.detach();
  return { bytes, requests: [...asked.values()].map((url) => new URL(url).pathname) };
}
