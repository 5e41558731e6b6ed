import { Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useHotKeys } from "../components/hot-keys.js";
import { PasswordBanner, StoppedBanner } from "./banners.js";
import { Sidebar } from "./sidebar.js";
import { TopBar } from "./top-bar.js";

const HelpDialog = lazy(() => import("./help-dialog.js").then((module) => ({ default: module.HelpDialog })));

/** The frame around every signed-in page: navigation, banners, keyboard help. */
export function Shell() {
  const { org } = useParams({ from: "/signed-in/organizations/$org" });
  const navigate = useNavigate();
  const [helpOpen, setHelpOpen] = useState(false);
  useHotKeys({
    "?": () => setHelpOpen(true),
    "g i": () => void navigate({ to: "/organizations/$org/issues/", params: { org } }),
    "g a": () => void navigate({ to: "/organizations/$org/alerts/rules/", params: { org } }),
    "g p": () => void navigate({ to: "/organizations/$org/projects/", params: { org } }),
    "g s": () => void navigate({ to: "/organizations/$org/settings/", params: { org } }),
  });
  return (
    <div className="min-h-dvh sm:pl-[200px]">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-surface focus:px-3 focus:py-1.5"
      >
        Skip to the page
      </a>
      <Sidebar org={org} onHelp={() => setHelpOpen(true)} />
      <TopBar org={org} />
      <StoppedBanner org={org} />
      <PasswordBanner org={org} />
      <main id="main" className="pb-14 sm:pb-0">
        <Outlet />
      </main>
      {helpOpen && (
        <Suspense>
          <HelpDialog open onOpenChange={setHelpOpen} />
        </Suspense>
      )}
    </div>
  );
}
