import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "./client.js";

/** An API token; the secret itself is answered once, when it is made. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly dateCreated?: string;
  readonly dateLastUsed?: string | null;
  readonly tokenLastCharacters?: string | null;
}

/** The signed-in user's tokens. */
export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: ({ signal }) => request<ApiToken[]>("/api-tokens/", { signal }),
});

/** Makes a token; the answer holds the secret, once. */
export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { name: string; scopes: string[] }) =>
      request<ApiToken & { token: string }>("/api-tokens/", { method: "POST", body: input }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["tokens"] }),
  });
}

/** Revokes a token. */
export function useDeleteToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(`/api-tokens/${id}/`, { method: "DELETE" }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["tokens"] }),
  });
}
