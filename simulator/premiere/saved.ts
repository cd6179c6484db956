/** A project as text, as it is saved to the user's disk and opened again. Ticks are text: JSON has no BigInt. */
import { PremiereError } from './errors.ts';
import type { ProjectState } from './project.ts';

const MARK = 'emulated Premiere project 1';

/** How ticks stand in the text, so that no name is taken for them. */
const isTicks = (value: unknown): value is { readonly $ticks: string } =>
  typeof value === 'object' && value !== null && '$ticks' in value;

export const asText = (state: ProjectState): string =>
  JSON.stringify({ format: MARK, state }, (_key, value: unknown) =>
    typeof value === 'bigint' ? { $ticks: String(value) } : value,
  );

/** Throws where the text is no project. */
export function fromText(text: string): ProjectState {
  const read = JSON.parse(text, (_key, value: unknown) =>
    isTicks(value) ? BigInt(value.$ticks) : value,
  ) as { readonly format?: unknown; readonly state: ProjectState } | null;
  if (read?.format !== MARK) throw new PremiereError('The file is no project of this Premiere');
  return read.state;
}
