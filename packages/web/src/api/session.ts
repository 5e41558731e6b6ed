import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { request, requestAuth } from "./client.js";

/** Who is signed in, and where. */
export interface Session {
  readonly user: { readonly id: string; readonly email: string; readonly name: string } | null;
  readonly organization: { readonly id: string; readonly slug: string; readonly name: string };
  readonly role: string;
  readonly needsPasswordChange: boolean;
  readonly serverVersion: string;
  readonly publicUrl: string;
}

/** The session; fails with status 401 when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => request<Session>("/", { signal }),
  staleTime: 5 * 60_000,
});

/** The session inside the shell, which is only shown once it is known. */
export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

/** Signs in and forgets whatever an earlier session had loaded. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { email: string; password: string }) => requestAuth("/sign-in/email", input),
    onSuccess: () => client.clear(),
  });
}

/** Signs out and empties the cache. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({ mutationFn: () => requestAuth("/sign-out", {}), onSuccess: () => client.clear() });
}

/** Changes the password and ends every other session of this user. */
export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { currentPassword: string; newPassword: string }) =>
      requestAuth("/change-password", { ...input, revokeOtherSessions: true }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["session"] }),
  });
}
