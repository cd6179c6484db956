import { THEMES, type Application, type ApplicationView } from '../application.ts';

const languages = [
  ['en_US', 'English'],
  ['de_DE', 'Deutsch'],
  ['fr_FR', 'Français'],
  ['ja_JP', '日本語'],
] as const;

/** The application's language and colour theme, which plugins follow. */
export function Appearance({ application, view }: { application: Application; view: ApplicationView }) {
  return (
    <>
      <label className="language">
        Language
        <select
          value={view.locale}
          onChange={({ currentTarget }) => application.setLocale(currentTarget.value)}
        >
          {languages.map(([locale, name]) => (
            <option key={locale} value={locale}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <fieldset className="themes">
        <legend>Colour theme</legend>
        {THEMES.map((theme) => (
          <label key={theme} title={theme} data-swatch={theme}>
            <input
              type="radio"
              name="theme"
              aria-label={theme}
              checked={view.theme === theme}
              onChange={() => application.setTheme(theme)}
            />
          </label>
        ))}
      </fieldset>
    </>
  );
}
