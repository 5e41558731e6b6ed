import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { InvalidDocument } from "../../actions/alerts/invalid-document.js";
import { handleApiError } from "../http/error-handler.js";
import type { ApiPorts } from "../http/ports.js";
import { registerApply } from "./register-apply.js";
import { registerChannels } from "./register-channels.js";
import { registerHistory } from "./register-history.js";
import { registerNotifications } from "./register-notifications.js";
import { registerRuleDeeds } from "./register-rule-deeds.js";
import { registerRules } from "./register-rules.js";
import { registerSentryRules } from "./register-sentry-rules.js";
import { registerStop } from "./register-stop.js";

/** Rules, channels, notifications and alerts as code. Scopes: `alerts:read`, and `alerts:write` for changes. */
export async function registerAlerts(app: FastifyInstance, ports: ApiPorts): Promise<void> {
  await app.register(async (scope) => {
    scope.setErrorHandler(handleAlertError);
    registerRules(scope, ports);
    registerRuleDeeds(scope, ports);
    registerHistory(scope, ports);
    registerChannels(scope, ports);
    registerNotifications(scope, ports);
    registerStop(scope, ports);
    registerApply(scope, ports);
    registerSentryRules(scope, ports);
  });
}

/** As everywhere, with all wrong places of a document as `errors`, for forms and the command line. */
function handleAlertError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof InvalidDocument) {
    void reply.code(400).send({ detail: error.message, errors: error.problems });
    return;
  }
  handleApiError(error, request, reply);
}
