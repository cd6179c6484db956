/** Premiere's side of the script. */
import type { PageApi } from '../../bridge/protocol.ts';
import type { Side, SideOptions } from '../side.ts';
import { premiereHost } from './host.ts';

export function premiereSide({ uxp, texts }: SideOptions): Side {
  let page: PageApi | undefined;
  let visible = true;
  const host = premiereHost({
    /* eslint-disable @typescript-eslint/no-require-imports -- UXP gives its modules by require, and the other application's not at all */
    ppro: require('premierepro'),
    fs: require('fs'),
    /* eslint-enable */
    uxp,
    words: texts.host,
    onClipChanged: () => page?.clipChanged({}),
  });
  const watch = (): void => host.watch(page !== undefined && visible);
  return {
    app: 'premiere',
    api: host,
    pageChanged(now) {
      page = now;
      void host.leave();
      watch();
    },
    shown(now) {
      visible = now;
      watch();
    },
  };
}
