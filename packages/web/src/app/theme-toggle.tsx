import { Monitor, Moon, Sun } from "lucide-react";
import { IconButton } from "../components/button.js";
import { Menu, MenuItem } from "../components/menu.js";
import { useTheme } from "./theme.js";

const choices = [
  ["system", "Like the system", Monitor],
  ["light", "Light", Sun],
  ["dark", "Dark", Moon],
] as const;

/** Chooses between light, dark and the system's own. */
export function ThemeToggle() {
  const [theme, choose] = useTheme();
  const Icon = choices.find(([value]) => value === theme)?.[2] ?? Monitor;
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label="Theme">
          <Icon size={15} />
        </IconButton>
      }
    >
      {choices.map(([value, label, ChoiceIcon]) => (
        <MenuItem
          key={value}
          icon={<ChoiceIcon size={14} />}
          checked={value === theme}
          onSelect={() => choose(value)}
        >
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}
