/** Starts the panel page: joins the wire to the host script, makes the engine, and renders. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import catalogJson from '../../models/catalog.json';
import { parseCatalog } from '../catalog.ts';
import { connectHost } from '../bridge/page.ts';
import { startClipSession } from './clip/session.ts';
import { createVideo } from './clip/video-client.ts';
import { createEngine } from './engine/client.ts';
import { greet } from './greeting.ts';
import { memory } from './memory.ts';
import { Root } from './components/root.tsx';
import { startSession } from './session.ts';
import './panel.css';
import './spectrum.ts';

const root = document.getElementById('panel');
if (!root) throw new Error('panel.html has no #panel');
const catalog = parseCatalog(catalogJson);
const engine = createEngine(catalog);
const now = (): number => performance.now();
const greeting = greet({
  connect: (page) => connectHost(page),
  start: (host, hello) =>
    hello.app === 'premiere'
      ? startClipSession({ host, hello, engine, video: createVideo, catalog, now, memory })
      : startSession({ host, hello, engine, catalog, now, memory }),
});
createRoot(root).render(
  <StrictMode>
    <Root greeting={greeting} />
  </StrictMode>,
);
