import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import type { FormEvent } from "react";
import { useSignIn } from "../../api/session.js";
import { ApiError } from "../../api/client.js";
import { Button } from "../../components/button.js";
import { Field, TextInput } from "../../components/form.js";
import { formText } from "../../components/form-text.js";
import { Wordmark } from "../../components/logo.js";
import { useTitle } from "../../components/page.js";
import { Outpost } from "./outpost.js";

/** Signing in. On the first start the server prints the address and a one-time password. */
export function SignInPage() {
  useTitle("Sign in");
  const { next } = useSearch({ from: "/sign-in" });
  const router = useRouter();
  const navigate = useNavigate();
  const signIn = useSignIn();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const input = { email: formText(form, "email"), password: formText(form, "password") };
    signIn.mutate(input, {
      // Only paths of this site: `//host` would lead a reader away.
      onSuccess: () =>
        next && /^\/(?!\/)/.test(next) ? router.history.push(next) : void navigate({ to: "/" }),
    });
  };
  return (
    <main data-full-bleed className="grid min-h-dvh lg:grid-cols-[minmax(440px,1fr)_1.3fr]">
      <div className="flex flex-col px-6 py-7 sm:px-12">
        <Wordmark />
        <div className="m-auto w-full max-w-[340px] py-12">
          <h1 className="text-2xl font-semibold tracking-[-0.025em]">Sign in</h1>
          <p className="mt-1 text-ink-2">Know first when something breaks.</p>
          <form onSubmit={submit} className="mt-7 space-y-4">
            <Field label="E-mail">
              {(id) => (
                <TextInput id={id} name="email" type="email" required autoFocus autoComplete="username" />
              )}
            </Field>
            <Field label="Password">
              {(id) => (
                <TextInput id={id} name="password" type="password" required autoComplete="current-password" />
              )}
            </Field>
            <p role="alert" className="min-h-5 text-error">
              {signIn.error && messageOf(signIn.error)}
            </p>
            <Button
              type="submit"
              variant="primary"
              size="md"
              className="h-9! w-full justify-center"
              disabled={signIn.isPending}
            >
              {signIn.isPending ? "Signing in…" : "Sign in"}
              <ArrowRight size={15} />
            </Button>
          </form>
          <p className="mt-8 border-t border-line pt-4 text-xs text-ink-3">
            First time here? The server printed an address and a one-time password when it started. You will
            be asked to replace the password.
          </p>
        </div>
      </div>
      <Outpost />
    </main>
  );
}

function messageOf(error: Error): string {
  if (error instanceof ApiError && error.status === 401) return "E-mail and password do not match.";
  if (error instanceof ApiError && error.status === 429)
    return "Too many tries. Wait a minute, then try again.";
  return error.message;
}
