/** The user's own models as the panel lists them. */
import type { Blend } from '../catalog.ts';
import { bridgeFile } from '../bridge/own-models.ts';
import type { PhotoshopApi } from '../bridge/protocol.ts';
import { asLoupeError, type LoupeError } from '../errors.ts';
import type { Engine } from './engine/protocol.ts';
import { fileOf, type OwnModelChoice } from './settings.ts';

/** A file in the folder, and what trying it has told. */
export type OwnModel = { readonly name: string; readonly size: number } & (
  | { readonly kind: 'trying' }
  | { readonly kind: 'fit'; readonly blend: Blend }
  | { readonly kind: 'unfit'; readonly error: LoupeError }
);

export interface OwnModels {
  /** As the system names it; undefined until the host has said. */
  readonly folder: string | undefined;
  readonly models: readonly OwnModel[];
}

export function ownModel(models: readonly OwnModel[], choice: OwnModelChoice): OwnModel | undefined {
  return models.find(({ name }) => name === fileOf(choice));
}

export function fitBlend(models: readonly OwnModel[], choice: OwnModelChoice): Blend | undefined {
  const found = ownModel(models, choice);
  return found?.kind === 'fit' ? found.blend : undefined;
}

/**
 * Lists the folder and tries each file that is new in it, one after another; `tell` hears of every step. What was
 * tried before, of the same name and size, is taken as it was. Rejects if the folder cannot be listed.
 */
export async function lookForOwnModels(
  host: Pick<PhotoshopApi, 'ownModels' | 'readOwnModel'>,
  engine: Pick<Engine, 'inspectOwn'>,
  known: readonly OwnModel[],
  signal: AbortSignal,
  tell: (found: OwnModels) => void,
): Promise<void> {
  const { folder, models: files } = await host.ownModels({});
  let models = files.map(
    ({ name, size }): OwnModel =>
      known.find((each) => each.name === name && each.size === size && each.kind !== 'trying') ?? {
        name,
        size,
        kind: 'trying',
      },
  );
  signal.throwIfAborted();
  tell({ folder, models });
  for (const { name, size } of models.filter(({ kind }) => kind === 'trying')) {
    const tried = await engine.inspectOwn(bridgeFile(host, { name, size }), signal).then(
      (blend): OwnModel => ({ name, size, kind: 'fit', blend }),
      (thrown: unknown): OwnModel => ({
        name,
        size,
        kind: 'unfit',
        error: asLoupeError(thrown, 'backend-failed'),
      }),
    );
    signal.throwIfAborted();
    models = models.map((each) => (each.name === name ? tried : each));
    tell({ folder, models });
  }
}
