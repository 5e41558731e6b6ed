import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Page, tabClass, Tabs } from "../../components/page.js";

/** What the organisation's settings have in common. */
export function SettingsFrame(props: {
  readonly org: string;
  readonly lead: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  const params = { org: props.org };
  return (
    <Page
      title="Settings"
      lead={props.lead}
      width="narrow"
      actions={props.action}
      tabs={
        <Tabs>
          <Link
            to="/organizations/$org/settings/"
            params={params}
            className={tabClass}
            activeOptions={{ exact: true }}
          >
            Account
          </Link>
          <Link to="/organizations/$org/settings/tokens/" params={params} className={tabClass}>
            API tokens
          </Link>
          <Link to="/organizations/$org/settings/members/" params={params} className={tabClass}>
            Members
          </Link>
          <Link to="/organizations/$org/settings/audit/" params={params} className={tabClass}>
            Audit log
          </Link>
        </Tabs>
      }
    >
      {props.children}
    </Page>
  );
}
