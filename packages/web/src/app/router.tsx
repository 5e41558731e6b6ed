import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { sessionQuery } from "../api/session.js";
import { organizationQuery } from "../api/organization.js";
import { projectsQuery } from "../api/projects.js";
import { issueQuery } from "../api/issue.js";
import { eventQuery } from "../api/events.js";
import { issueFilterDefaults, readIssueFilter } from "../api/issue-filter.js";
import { issuesQuery, type IssueListFilter } from "../api/issues.js";
import { historyQuery, ruleQuery, rulesQuery } from "../api/rules.js";
import { channelsQuery } from "../api/channels.js";
import { NotFound, PageError } from "./page-error.js";
import { parseSearch, stringifySearch } from "./search-params.js";
import { Shell } from "./shell.js";

interface RouterContext {
  readonly queryClient: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search["next"] === "string" ? { next: search["next"] } : {},
  component: lazyRouteComponent(() => import("../features/auth/sign-in-page.js"), "SignInPage"),
});

/** Everything that needs a session. A 401 here is answered by the query cache, which opens the sign-in page. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  beforeLoad: async ({ context, location }) => {
    try {
      return { session: await context.queryClient.ensureQueryData(sessionQuery) };
    } catch (error) {
      if ((error as { status?: number }).status !== 401) throw error;
      throw redirect({ to: "/sign-in/", search: { next: location.href }, replace: true });
    }
  },
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  beforeLoad: ({ context }) => {
    throw redirect({
      to: "/organizations/$org/issues/",
      params: { org: context.session.organization.slug },
      replace: true,
    });
  },
});

const organization = createRoute({
  getParentRoute: () => signedIn,
  path: "/organizations/$org",
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(organizationQuery(params.org));
    void context.queryClient.prefetchQuery(projectsQuery(params.org));
  },
  component: Shell,
});

const issues = createRoute({
  getParentRoute: () => organization,
  path: "/issues",
  validateSearch: (search: Record<string, unknown>): Partial<IssueListFilter> => readIssueFilter(search),
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => {
    void context.queryClient.prefetchInfiniteQuery(
      issuesQuery(params.org, { ...issueFilterDefaults, ...deps }),
    );
  },
  component: lazyRouteComponent(() => import("../features/issues/issues-page.js"), "IssuesPage"),
});

const issuePage = lazyRouteComponent(() => import("../features/issue/issue-page.js"), "IssuePage");

const issue = createRoute({
  getParentRoute: () => organization,
  path: "/issues/$issueId",
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(issueQuery(params.org, params.issueId));
    void context.queryClient.prefetchQuery(
      eventQuery({ org: params.org, issue: params.issueId, event: "latest" }),
    );
  },
  component: issuePage,
});

const issueEvent = createRoute({
  getParentRoute: () => organization,
  path: "/issues/$issueId/events/$eventId",
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(issueQuery(params.org, params.issueId));
    void context.queryClient.prefetchQuery(
      eventQuery({ org: params.org, issue: params.issueId, event: params.eventId }),
    );
  },
  component: issuePage,
});

const rules = createRoute({
  getParentRoute: () => organization,
  path: "/alerts/rules",
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(rulesQuery(params.org)),
  component: lazyRouteComponent(() => import("../features/alerts/rules-page.js"), "RulesPage"),
});

const newRule = createRoute({
  getParentRoute: () => organization,
  path: "/alerts/rules/new",
  component: lazyRouteComponent(() => import("../features/alerts/rule-edit-page.js"), "NewRulePage"),
});

const rule = createRoute({
  getParentRoute: () => organization,
  path: "/alerts/rules/$ruleId",
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(ruleQuery(params.org, params.ruleId));
    void context.queryClient.prefetchInfiniteQuery(historyQuery(params.org, params.ruleId));
  },
  component: lazyRouteComponent(() => import("../features/alerts/rule-page.js"), "RulePage"),
});

const editRule = createRoute({
  getParentRoute: () => organization,
  path: "/alerts/rules/$ruleId/edit",
  loader: ({ context, params }) =>
    void context.queryClient.prefetchQuery(ruleQuery(params.org, params.ruleId)),
  component: lazyRouteComponent(() => import("../features/alerts/rule-edit-page.js"), "EditRulePage"),
});

const channels = createRoute({
  getParentRoute: () => organization,
  path: "/alerts/channels",
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(channelsQuery(params.org)),
  component: lazyRouteComponent(() => import("../features/alerts/channels-page.js"), "ChannelsPage"),
});

const alertHistory = createRoute({
  getParentRoute: () => organization,
  path: "/alerts/history",
  loader: ({ context, params }) =>
    void context.queryClient.prefetchInfiniteQuery(historyQuery(params.org, null)),
  component: lazyRouteComponent(() => import("../features/alerts/history-page.js"), "HistoryPage"),
});

const projects = createRoute({
  getParentRoute: () => organization,
  path: "/projects",
  component: lazyRouteComponent(() => import("../features/projects/projects-page.js"), "ProjectsPage"),
});

const setup = createRoute({
  getParentRoute: () => organization,
  path: "/projects/$project/setup",
  component: lazyRouteComponent(() => import("../features/setup/setup-page.js"), "SetupPage"),
});

const projectSettings = createRoute({
  getParentRoute: () => organization,
  path: "/projects/$project/settings",
  component: lazyRouteComponent(
    () => import("../features/settings/project-settings-page.js"),
    "ProjectSettingsPage",
  ),
});

const settings = createRoute({
  getParentRoute: () => organization,
  path: "/settings",
  component: lazyRouteComponent(() => import("../features/settings/account-page.js"), "AccountPage"),
});

const tokens = createRoute({
  getParentRoute: () => organization,
  path: "/settings/tokens",
  component: lazyRouteComponent(() => import("../features/settings/tokens-page.js"), "TokensPage"),
});

const members = createRoute({
  getParentRoute: () => organization,
  path: "/settings/members",
  component: lazyRouteComponent(() => import("../features/settings/members-page.js"), "MembersPage"),
});

const audit = createRoute({
  getParentRoute: () => organization,
  path: "/settings/audit",
  component: lazyRouteComponent(() => import("../features/settings/audit-page.js"), "AuditPage"),
});

const routeTree = root.addChildren([
  signIn,
  signedIn.addChildren([
    home,
    organization.addChildren([
      issues,
      issue,
      issueEvent,
      rules,
      newRule,
      rule,
      editRule,
      channels,
      alertHistory,
      projects,
      setup,
      projectSettings,
      settings,
      tokens,
      members,
      audit,
    ]),
  ]),
]);

/** The router. Hovering a link loads the page's code and its data, so that a click shows both at once. */
export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    trailingSlash: "always",
    defaultPreload: "intent",
    defaultPreloadDelay: 40,
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 150,
    defaultErrorComponent: PageError,
    scrollRestoration: true,
    parseSearch,
    stringifySearch,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
