import { Icon, type IconName } from "@/components/icon";
import { m } from "@/lib/messages";
import { setTheme, THEMES, useTheme, type Theme } from "@/lib/theme";

const ICONS: Record<Theme, IconName> = { system: "half", light: "sun", dark: "moon" };

/** Goes on to the next of the three: as the system, light, dark. Its name is the one that holds now. */
export function ThemeButton() {
  const theme = useTheme();
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
  const label = m.palette.theme(m.theme[theme]);
  return (
    <button
      type="button"
      className="button button-quiet size-10 px-0 text-soft"
      aria-label={label}
      title={label}
      onClick={() => setTheme(next)}
    >
      <Icon name={ICONS[theme]} />
    </button>
  );
}
