import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { ApiError } from "../api/client.js";
import { Toaster, toastError } from "../components/toast.js";
import { createAppRouter } from "./router.js";

const maxRetries = 2;

/** Sends the reader to the sign-in page when the session has ended, and back afterwards. */
function onUnauthorised(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.status !== 401) return false;
  const { pathname, href } = router.state.location;
  if (!pathname.startsWith("/sign-in")) {
    void router.navigate({ to: "/sign-in/", search: { next: href }, replace: true });
  }
  return true;
}

const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: onUnauthorised }),
  mutationCache: new MutationCache({
    onError: (error) => {
      if (!onUnauthorised(error)) toastError(error);
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) =>
        failures < maxRetries && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
    },
  },
});

const router = createAppRouter(queryClient);

/** The whole application. */
export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Toaster />
    </QueryClientProvider>
  );
}
