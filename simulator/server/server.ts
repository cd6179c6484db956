/**
 * Serves the built plugin and the emulated applications to a browser on this machine: dist/simulator at `/`,
 * dist/plugin at `/plugin/`, each file as it is on disk.
 *
 * The one thing added is what an application adds when it opens a WebView: a page loaded into a frame below
 * `/plugin/` first runs the WebView's own script, which gives it `window.uxpHost`, and it may not connect
 * anywhere, as a local page under strict `file:` rules may not (facts/uxp.md: fetch, XHR and workers from
 * files all fail; classic scripts and blob workers work).
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Calls the page that holds the frame before any script of the frame's own page runs. */
const webviewScript = '<script>parent.webviewStarted?.(window); document.currentScript.remove();</script>';
const webviewPolicy = "connect-src blob: data:; worker-src blob:; object-src 'none'; form-action 'none'";

export interface SimulatorServer {
  /** Where the emulated Photoshop is, with a slash at the end; the emulated Premiere is `premiere.html` there. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts on the given port of this machine only; port 0 takes a free one. Rejects if the port is taken. */
export async function startServer(port = 0): Promise<SimulatorServer> {
  const files = {
    plugin: serve(join(dist, 'plugin')),
    simulator: serve(join(dist, 'simulator')),
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (!path.startsWith('/plugin/')) {
      files.simulator(request, response);
    } else if (path.endsWith('.html') && request.headers['sec-fetch-dest'] === 'iframe') {
      void webviewPage(decodeURIComponent(path.slice('/plugin/'.length)), response);
    } else {
      request.url = (request.url ?? '').slice('/plugin'.length);
      files.plugin(request, response);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((failure) => (failure ? reject(failure) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function serve(folder: string): (request: IncomingMessage, response: ServerResponse) => void {
  const handle = sirv(folder, {
    dev: true,
    setHeaders: (response) => response.setHeader('Cache-Control', 'no-store'),
  });
  return (request, response) =>
    handle(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found');
    });
}

async function webviewPage(path: string, response: ServerResponse): Promise<void> {
  try {
    if (path.includes('..')) throw new Error('outside the plugin');
    const page = await readFile(join(dist, 'plugin', path), 'utf8');
    // After the doctype: before it, the page would fall into quirks mode.
    const withScript = page.replace(/^\s*(<!doctype[^>]*>)?/i, (doctype) => doctype + webviewScript);
    response
      .writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-store',
        'Content-Security-Policy': webviewPolicy,
      })
      .end(withScript);
  } catch {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found');
  }
}
