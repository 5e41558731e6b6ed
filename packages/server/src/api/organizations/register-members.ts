import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { changeMemberRole } from "../../actions/members/change-member-role.js";
import { inviteMember } from "../../actions/members/invite-member.js";
import { removeMember } from "../../actions/members/remove-member.js";
import { AppError } from "../../shared/app-error.js";
import type { Meta } from "../../store/port.js";
import { readPeople } from "../auth/people.js";
import type { Accounts } from "../auth/create-auth.js";
import { requireScope } from "../http/caller.js";
import { isoTime } from "../http/iso-time.js";
import { noContent } from "../http/no-content.js";
import type { ApiPorts } from "../http/ports.js";
import { findOrganization, findProject } from "../http/scope-lookup.js";

interface MembersPath {
  Params: { organization: string };
}
interface MemberPath {
  Params: { organization: string; member: string };
}
interface ProjectPath {
  Params: { organization: string; project: string };
}

const roleSchema = z.enum(["owner", "manager", "admin", "member"]);
// Sentry's clients name the role `orgRole` or, older ones, `role`.
const invitationSchema = z.object({
  email: z.email().max(254),
  name: z.string().trim().min(1).max(100).optional(),
  orgRole: roleSchema.optional(),
  role: roleSchema.optional(),
});
const changeSchema = z.object({ orgRole: roleSchema.optional(), role: roleSchema.optional() });

/** People of an organisation. */
export function registerMembers(scope: FastifyInstance, ports: ApiPorts & { accounts: Accounts }): void {
  const { meta } = ports;

  scope.get<MembersPath>("/organizations/:organization/members/", async (request) => {
    const caller = requireScope(request, "member:read");
    const { id } = await findOrganization(meta, caller, request.params.organization);
    return readMembers(meta, { organizationId: id });
  });

  scope.get<ProjectPath>("/projects/:organization/:project/members/", async (request) => {
    const caller = requireScope(request, "member:read");
    const project = await findProject(meta, caller, request.params);
    return readMembers(meta, { organizationId: project.organization_id });
  });

  scope.post<MembersPath>("/organizations/:organization/members/", async (request, reply) => {
    const caller = requireScope(request, "member:admin");
    const { id } = await findOrganization(meta, caller, request.params.organization);
    const { email, name, orgRole, role } = invitationSchema.parse(request.body);
    const invited = await inviteMember(ports, caller, {
      email,
      name: name ?? email.split("@", 1)[0] ?? email,
      role: orgRole ?? role ?? "member",
    });
    const [member] = await readMembers(meta, { organizationId: id, memberId: invited.memberId });
    return reply.code(201).send({ ...member, oneTimePassword: invited.oneTimePassword });
  });

  registerMember(scope, ports);
}

function registerMember(scope: FastifyInstance, ports: ApiPorts): void {
  const { meta } = ports;
  const url = "/organizations/:organization/members/:member/";

  scope.get<MemberPath>(url, async (request) => {
    const caller = requireScope(request, "member:read");
    const { id } = await findOrganization(meta, caller, request.params.organization);
    return readMember(meta, { organizationId: id, memberId: readMemberId(request.params.member) });
  });

  scope.put<MemberPath>(url, async (request) => {
    const caller = requireScope(request, "member:admin");
    const { id } = await findOrganization(meta, caller, request.params.organization);
    const memberId = readMemberId(request.params.member);
    const { orgRole, role } = changeSchema.parse(request.body);
    const wanted = orgRole ?? role;
    if (wanted) await changeMemberRole(ports, caller, { memberId, role: wanted });
    return readMember(meta, { organizationId: id, memberId });
  });

  scope.delete<MemberPath>(url, async (request, reply) => {
    const caller = requireScope(request, "member:admin");
    await findOrganization(meta, caller, request.params.organization);
    await removeMember(ports, caller, readMemberId(request.params.member));
    return noContent(reply);
  });
}

function readMemberId(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new AppError("not_found", "The requested resource does not exist");
}

async function readMember(meta: Meta, which: { organizationId: number; memberId: number }) {
  const [member] = await readMembers(meta, which);
  if (!member) throw new AppError("not_found", "The requested resource does not exist");
  return member;
}

async function readMembers(meta: Meta, which: { organizationId: number; memberId?: number }) {
  let query = meta.selectFrom("member").selectAll().where("organization_id", "=", which.organizationId);
  if (which.memberId !== undefined) query = query.where("id", "=", which.memberId);
  const rows = await query.orderBy("id").execute();
  const people = await readPeople(
    meta,
    rows.map((row) => row.user_id),
  );
  return rows.map((row) => {
    const person = people.get(row.user_id) ?? null;
    return {
      id: String(row.id),
      email: person?.email ?? "",
      name: person?.name ?? "",
      user: person,
      orgRole: row.role,
      role: row.role,
      roleName: row.role,
      pending: false,
      expired: false,
      flags: {},
      dateCreated: isoTime(row.created_at),
      inviteStatus: "approved",
      inviterName: null,
    };
  });
}
