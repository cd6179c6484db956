/** In the browser: the plugin's side of the wire, in the emulated Photoshop's own webview. Bundled by bridge.ts. */
import { decodeBase64, encodeBase64 } from '../src/bridge/base64.ts';
import { serveHost } from '../src/bridge/host.ts';
import { PROTOCOL, type PhotoshopApi } from '../src/bridge/protocol.ts';
import { LoupeError } from '../src/errors.ts';
import { Webview } from '../simulator/page/webview.ts';

/** As bridge-page.ts asks for them: 6,000 pixels of RGBA. */
const ROW_BYTES = 24_000;

let listener: (message: unknown) => void = () => undefined;
const webview = new Webview({
  pluginId: 'bench',
  permissions: { allow: 'yes', allowLocalRendering: 'yes', enableMessageBridge: 'localOnly' },
  onMessage: ({ data }) => listener(data),
});

const unused = () => Promise.reject(new LoupeError('host-failed', 'not measured'));
let bytes = new Uint8Array(0);
const host: PhotoshopApi = {
  hello: () =>
    Promise.resolve({ protocol: PROTOCOL, app: 'photoshop', appVersion: '', locale: 'en', theme: 'dark' }),
  readRows: ({ rows }) => {
    const wanted = rows * ROW_BYTES;
    if (bytes.length !== wanted) bytes = new Uint8Array(wanted).map((_, i) => (i * 31) % 251);
    return Promise.resolve({ samples: encodeBase64(bytes) });
  },
  writeRows: ({ samples }) => {
    decodeBase64(samples);
    return Promise.resolve(null);
  },
  activeLayers: unused,
  remember: unused,
  thumbnail: unused,
  region: unused,
  openJob: unused,
  commit: unused,
  discard: unused,
  unfinished: unused,
  ownModels: unused,
  readOwnModel: unused,
  showModelsFolder: unused,
};

serveHost(
  {
    post: (message) => webview.postMessage(message),
    onMessage: (hear) => {
      listener = hear;
      return () => undefined;
    },
  },
  host,
);
webview.src = 'plugin:/bridge-page.html';
document.body.append(webview.frame);
