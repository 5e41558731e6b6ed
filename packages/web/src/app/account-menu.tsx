import { useNavigate } from "@tanstack/react-router";
import { KeyRound, LogOut, UserRound } from "lucide-react";
import { useSession, useSignOut } from "../api/session.js";
import { Avatar } from "../components/avatar.js";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "../components/menu.js";

/** Who is signed in, and the way out. */
export function AccountMenu({
  org,
  align = "start",
}: {
  readonly org: string;
  readonly align?: "start" | "end";
}) {
  const session = useSession();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const name = session.user?.name || session.user?.email || "API token";
  const leave = () =>
    signOut.mutate(undefined, { onSuccess: () => void navigate({ to: "/sign-in/", search: {} }) });
  return (
    <Menu
      align={align}
      trigger={
        <button type="button" className="rounded-full" aria-label={`Account of ${name}`}>
          <Avatar name={name} size={24} />
        </button>
      }
    >
      <MenuLabel>
        <span className="block max-w-56 truncate text-sm text-ink">{name}</span>
        <span className="block max-w-56 truncate">
          {session.user?.email} · {session.role}
        </span>
      </MenuLabel>
      <MenuSeparator />
      <MenuItem
        icon={<UserRound size={14} />}
        onSelect={() => void navigate({ to: "/organizations/$org/settings/", params: { org } })}
      >
        Account
      </MenuItem>
      <MenuItem
        icon={<KeyRound size={14} />}
        onSelect={() => void navigate({ to: "/organizations/$org/settings/tokens/", params: { org } })}
      >
        API tokens
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<LogOut size={14} />} onSelect={leave}>
        Sign out
      </MenuItem>
      <MenuLabel>Vedette {session.serverVersion}</MenuLabel>
    </Menu>
  );
}
