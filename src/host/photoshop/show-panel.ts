/** Opening the panel from a command, in Photoshop: Premiere's manifest has no commands, so it needs no permission for it. */
import { LoupeError } from '../../errors.ts';
import { PANEL } from '../panel.ts';
import type { Uxp } from '../uxp.ts';

/** Has the application show the panel. Rejects with `panel-unavailable` if it does not. */
export async function showPanel(
  { pluginManager }: Pick<Uxp, 'pluginManager'>,
  pluginId: string,
): Promise<void> {
  const plugin = [...pluginManager.plugins].find(({ id }) => id === pluginId);
  if (!plugin) throw new LoupeError('panel-unavailable');
  const answer = await plugin.showPanel(PANEL).catch((thrown: unknown) => thrown);
  if (answer instanceof Error) throw new LoupeError('panel-unavailable', answer.message, { cause: answer });
  // “Resolves with a void if success else returns a rejection message” (Adobe, pluginManager › Plugin).
  if (typeof answer === 'string' && answer !== '') throw new LoupeError('panel-unavailable', answer);
}
