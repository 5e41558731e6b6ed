import { lookup as resolve, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { isPrivateAddress } from "./private-address.js";

/** The host is, or resolves to, an address that outgoing hooks may not reach. Nothing was sent. */
export class PrivateAddressError extends Error {
  override readonly name = "PrivateAddressError";
}

/**
 * A DNS lookup for `http.request` that lets a connection go only to the addresses it has looked at: what was checked
 * is what is connected to, so a second answer of the name server cannot lead elsewhere.
 *
 * It fails with PrivateAddressError when any address of the name is private.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const first = addresses?.[0];
    if (error !== null || first === undefined) {
      callback(error ?? new Error("The name has no address."), []);
    } else if (addresses.some(({ address }) => isPrivateAddress(address))) {
      callback(new PrivateAddressError(), []);
    } else if (options.all === true) {
      callback(null, addresses);
    } else {
      callback(null, first.address, first.family);
    }
  });
};

/** Hosts written as addresses are never looked up, so they are checked here. `host` as in `URL.hostname`. */
export function isPrivateHost(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, "");
  return isIP(address) !== 0 && isPrivateAddress(address);
}
