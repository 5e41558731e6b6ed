import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Page, tabClass, Tabs } from "../../components/page.js";
import { EmergencyStop } from "./emergency-stop.js";

/** What rules, channels and history have in common: the tabs and the emergency stop. */
export function AlertsFrame(props: {
  readonly org: string;
  readonly title: string;
  readonly lead: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  const params = { org: props.org };
  return (
    <Page
      title={props.title}
      lead={props.lead}
      actions={
        <>
          <EmergencyStop org={props.org} />
          {props.action}
        </>
      }
      tabs={
        <Tabs>
          <Link to="/organizations/$org/alerts/rules/" params={params} className={tabClass}>
            Rules
          </Link>
          <Link to="/organizations/$org/alerts/channels/" params={params} className={tabClass}>
            Channels
          </Link>
          <Link to="/organizations/$org/alerts/history/" params={params} className={tabClass}>
            History
          </Link>
        </Tabs>
      }
    >
      {props.children}
    </Page>
  );
}
