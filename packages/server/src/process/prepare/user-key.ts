import type { User } from "@vedette/protocol";

/** Who is counted as one user: the first of id, username, e-mail and address (ingest sheet 6.6). */
export function userKeyOf(user: User | undefined): string {
  if (!user) return "";
  if (user.id) return `id:${user.id}`;
  if (user.username) return `username:${user.username}`;
  if (user.email) return `email:${user.email}`;
  return user.ip_address ? `ip:${user.ip_address}` : "";
}
