/** The words of the host's language, for components. */
import { createContext, useContext } from 'react';
import { en, type Texts } from '../texts/index.ts';

export const TextsContext = createContext<Texts>(en);

export function useTexts(): Texts {
  return useContext(TextsContext);
}
