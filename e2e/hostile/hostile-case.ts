import type { Post } from "./post.js";

/** A request, and which answers are right: taking what can be kept, or saying no. */
export interface HostileCase {
  readonly name: string;
  /** Made when needed: some are large. */
  readonly post: () => Post;
  readonly statuses: readonly number[];
  /** How much the request adds to the project's outcomes; absent when that is up to how it is read. */
  readonly counted?: number;
}
