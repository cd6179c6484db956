/** The Spectrum Web Components the panel uses: registered here, and declared for JSX with what we set on them. */
import type { HTMLAttributes, Key, Ref } from 'react';
import '@spectrum-web-components/theme/sp-theme.js';
import '@spectrum-web-components/theme/theme-light.js';
import '@spectrum-web-components/theme/theme-dark.js';
import '@spectrum-web-components/theme/scale-medium.js';
import '@spectrum-web-components/action-button/sp-action-button.js';
import '@spectrum-web-components/action-group/sp-action-group.js';
import '@spectrum-web-components/button/sp-button.js';
import '@spectrum-web-components/checkbox/sp-checkbox.js';
import '@spectrum-web-components/field-label/sp-field-label.js';
import '@spectrum-web-components/help-text/sp-help-text.js';
import '@spectrum-web-components/illustrated-message/sp-illustrated-message.js';
import '@spectrum-web-components/progress-bar/sp-progress-bar.js';
import '@spectrum-web-components/radio/sp-radio.js';
import '@spectrum-web-components/radio/sp-radio-group.js';
import '@spectrum-web-components/slider/sp-slider.js';
import '@spectrum-web-components/status-light/sp-status-light.js';
import '@spectrum-web-components/textfield/sp-textfield.js';

type Element<Props> = HTMLAttributes<HTMLElement> & { key?: Key; ref?: Ref<HTMLElement> } & Props;

/** React 19 sets a prop as a property where the element has one, and adds `onchange` as a listener. */
interface Changing {
  onchange?: (event: Event) => void;
}
interface Sized {
  size?: 's' | 'm' | 'l';
}

interface SpectrumElements {
  'sp-theme': Element<{ system: 'spectrum'; color: 'light' | 'dark'; scale: 'medium' }>;
  'sp-action-button': Element<
    Sized &
      Changing & {
        value?: string;
        disabled?: boolean;
        quiet?: boolean;
        label?: string;
        selected?: boolean;
        toggles?: boolean;
      }
  >;
  'sp-action-group': Element<
    Sized &
      Changing & {
        label: string;
        selects: 'single';
        selected: string[];
        emphasized?: boolean;
        justified?: boolean;
      }
  >;
  'sp-button': Element<
    Sized & {
      variant: 'accent' | 'primary' | 'secondary' | 'negative';
      treatment?: 'fill' | 'outline';
      disabled?: boolean;
    }
  >;
  'sp-checkbox': Element<Sized & Changing & { checked: boolean; disabled?: boolean; emphasized?: boolean }>;
  'sp-field-label': Element<Sized>;
  'sp-help-text': Element<Sized & { variant: 'neutral' | 'negative' }>;
  'sp-illustrated-message': Element<object>;
  'sp-progress-bar': Element<Sized & { progress: number; indeterminate?: boolean }>;
  'sp-radio': Element<Sized & { value: string; disabled?: boolean; emphasized?: boolean }>;
  'sp-radio-group': Element<Changing & { label: string; selected: string; horizontal?: boolean }>;
  'sp-slider': Element<
    Sized &
      Changing & {
        label: string;
        min: number;
        max: number;
        step: number;
        value: number;
        /** Double click and Escape go back to it. */
        defaultValue: number;
        disabled?: boolean;
      }
  >;
  'sp-textfield': Element<
    Sized &
      Changing & {
        label: string;
        value: string;
        invalid?: boolean;
        disabled?: boolean;
        oninput?: (event: Event) => void;
      }
  >;
  'sp-status-light': Element<Sized & { variant: 'positive' | 'notice' | 'neutral' | 'info' | 'negative' }>;
}

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- React looks its elements up in this namespace
  namespace JSX {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merged into React's own
    interface IntrinsicElements extends SpectrumElements {}
  }
}
