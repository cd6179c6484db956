import type { BackendReport } from '../engine/protocol.ts';
import { useTexts } from '../use-texts.ts';

interface Props {
  /** Best first; undefined while they are looked for. */
  backends: readonly BackendReport[] | undefined;
  running: { readonly backend: BackendReport | undefined; readonly fellBack?: boolean } | undefined;
}

/** What the model runs on: the backend in use, or the one that will be. */
export function Backend({ backends, running }: Props) {
  const texts = useTexts();
  const backend = running?.backend ?? backends?.[0];
  const noGpu = backends !== undefined && backends.every(({ name }) => name !== 'webgpu');
  return (
    <>
      <dt>{texts.backend.label}</dt>
      <dd>
        <sp-status-light
          size="s"
          variant={backend === undefined ? 'neutral' : backend.name === 'webgpu' ? 'positive' : 'notice'}
          data-testid="backend"
        >
          {backend ? texts.backend.name(backend.name, backend.device) : texts.backend.looking}
        </sp-status-light>
        {noGpu && <p className="hint">{texts.backend.noGpu}</p>}
        {running?.fellBack && <p className="hint">{texts.run.fellBack}</p>}
      </dd>
    </>
  );
}
