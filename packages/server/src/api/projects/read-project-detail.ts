import { projectSettingsSchema } from "../../domain/project-settings.js";
import type { Caller } from "../http/caller.js";
import type { ApiPorts } from "../http/ports.js";
import { findOrganization } from "../http/scope-lookup.js";
import type { ProjectRow } from "../http/scope-lookup.js";
import { organizationJson } from "../organizations/organization-json.js";
import { projectJson } from "./project-json.js";
import { readProjectFigures } from "./read-project-figures.js";

/** A project with its settings and what the Terraform provider insists on (web API sheet 5). */
export async function readProjectDetail(ports: ApiPorts, caller: Caller, row: ProjectRow) {
  const organization = await findOrganization(ports.meta, caller, String(row.organization_id));
  const figures = await readProjectFigures(ports, [row.id]);
  const settings = projectSettingsSchema.parse(JSON.parse(row.settings));
  return {
    ...projectJson(row, { organization, caller, figures: figures.get(row.id) }),
    settings,
    organization: organizationJson(organization, ports.publicUrl),
    options: {},
    allowedDomains: settings.allowedDomains,
    dataScrubber: settings.scrubData,
    dataScrubberDefaults: settings.scrubDefaults,
    scrubIPAddresses: settings.scrubIpAddresses,
    sensitiveFields: settings.sensitiveFields,
    safeFields: settings.safeFields,
    digestsMinDelay: 0,
    digestsMaxDelay: 0,
    resolveAge: 0,
    fingerprintingRules: "",
    groupingEnhancements: "",
    groupingConfig: settings.groupingAlgorithm,
    scrapeJavaScript: false,
    securityToken: "",
    securityTokenHeader: null,
    subjectPrefix: "",
    subjectTemplate: "",
    verifySSL: true,
    highlightTags: [],
  };
}
