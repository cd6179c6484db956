/** Before the browser tests: a fresh build, the static server and one browser for all of them. */
import { tsImport } from 'tsx/esm/api';

export default async function setup() {
  const load = (path) => tsImport(path, import.meta.url);
  const { ensureBuilt } = await load('../../simulator/server/build.ts');
  const { startServer } = await load('../../simulator/server/server.ts');
  const { serveChromium } = await load('../../simulator/headless/chromium.ts');
  await ensureBuilt();
  const server = await startServer();
  const browser = await serveChromium();
  // Jest hands the environment on to the processes that run the tests; teardown runs in this one.
  process.env.LOUPE_TEST_URL = server.url;
  process.env.LOUPE_TEST_BROWSER = browser.wsEndpoint();
  globalThis.loupeTestCleanUp = async () => {
    await browser.close();
    await server.close();
  };
}
