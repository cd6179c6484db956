/** Photoshop's side of the script: the page's calls, the plugin's commands, and the steps of actions. */
import type { PageApi } from '../../bridge/protocol.ts';
import { createCommands } from './commands.ts';
import { showPanel } from './show-panel.ts';
import type { Side, SideOptions } from '../side.ts';
import { recordStep } from './actions.ts';
import { type PhotoshopHost, photoshopHost } from './host.ts';

/** What a recorded step calls: it must be a global of this name for as long as there are such actions. */
const STEP = 'loupeEnhance';

export function photoshopSide({ uxp, texts }: SideOptions): Side {
  /* eslint-disable @typescript-eslint/no-require-imports -- UXP gives its modules by require, and the other application's not at all */
  const ps = require('photoshop');
  const fs = require('fs');
  /* eslint-enable */
  let page: PageApi | undefined;
  let id = '';
  const commands = createCommands({
    showPanel: () => showPanel(uxp, id),
    underWay: () => host.underWay(),
    begin: async (settings) => host.begin(settings),
    lend: (context) => host.lend(context),
    cancel: () => void host.cancel(),
    alert: ({ code, detail }) => {
      const message = texts.errors[code](detail);
      ps.core.showAlert({ message }).catch(() => undefined);
    },
  });
  const host: PhotoshopHost = photoshopHost({
    ps,
    fs,
    uxp,
    words: texts.host,
    onLayerChanged: () => page?.layerChanged({}),
    onCommitProgress: (fraction) => page?.commitProgress({ fraction }),
    onRunBegun: () => commands.runBegun(),
    onRunEnded: (written) => {
      if (written && !commands.playing) void recordStep(ps, texts.host.step, STEP, commands.stepOf(written));
      commands.runEnded(written);
    },
    onRunFailed: (why) => commands.runFailed(why),
  });
  Object.assign(globalThis, {
    [STEP]: (context: unknown, info: unknown) => commands.play(context, info),
  });
  return {
    app: 'photoshop',
    api: host,
    commands: {
      enhance: { run: () => commands.enhance('own') },
      'enhance-again': { run: () => commands.enhance('last') },
    },
    created: (pluginId) => {
      id = pluginId;
    },
    pageChanged: (now) => {
      host.leave();
      page = now;
      commands.pageChanged(now);
    },
  };
}
