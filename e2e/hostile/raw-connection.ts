import { connect } from "node:net";
import type { Socket } from "node:net";
import type { Server } from "../support/server.js";

/** A bare connection to the server; for requests no HTTP client would send. */
export function openConnection(server: Server): Socket {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  // The server may hang up on us at any time: what it answered before is what counts.
  socket.on("error", () => undefined);
  return socket;
}

/**
 * Sends the bytes and collects the answer until the server hangs up or the time is over.
 *
 * @returns the answer as text; empty when the connection was closed without one
 */
export function exchange(server: Server, bytes: string | Buffer, waitMs = 3_000): Promise<string> {
  return new Promise((resolve) => {
    const socket = openConnection(server);
    let answer = "";
    const finish = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(finish, waitMs);
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => (answer += text));
    socket.once("close", finish);
    socket.write(bytes);
  });
}
