import { randomBytes } from "node:crypto";

const secretBytes = 32;

/** A user token: `sntryu_` and 64 hex characters (web API sheet 1.1). */
export function newUserToken(): string {
  return `sntryu_${randomBytes(secretBytes).toString("hex")}`;
}

/**
 * An organisation token: `sntrys_`, base64 of where it belongs, `_`, base64 of the secret without padding
 * (web API sheet 1.1). sentry-cli takes server and organisation from it.
 */
export function newOrganizationToken(place: {
  publicUrl: string;
  organization: string;
  now: number;
}): string {
  const payload = {
    iat: place.now / 1000,
    url: place.publicUrl,
    region_url: place.publicUrl,
    org: place.organization,
  };
  const head = Buffer.from(JSON.stringify(payload)).toString("base64");
  return `sntrys_${head}_${randomBytes(secretBytes).toString("base64").replaceAll("=", "")}`;
}
