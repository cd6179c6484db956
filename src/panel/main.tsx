/** Starts the panel page: joins the wire to the host script, makes the engine, and renders. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import catalogJson from '../../models/catalog.json';
import { parseCatalog } from '../catalog.ts';
import { connectHost } from '../bridge/page.ts';
import { createEngine } from './engine/client.ts';
import { memory } from './memory.ts';
import { Panel } from './components/panel.tsx';
import { startSession } from './session.ts';
import './panel.css';
import './spectrum.ts';

const root = document.getElementById('panel');
if (!root) throw new Error('panel.html has no #panel');
const catalog = parseCatalog(catalogJson);
const session = startSession({
  connect: (page) => connectHost(page),
  engine: createEngine(catalog),
  catalog,
  now: () => performance.now(),
  memory,
});
createRoot(root).render(
  <StrictMode>
    <Panel session={session} />
  </StrictMode>,
);
