"use strict";
// Sockets on one port, by ws; on another POST /events/USER, whose body goes to that user's sockets. It reads nothing of an
// event and checks no token, so it is leaner than a real service could be.
const http = require("node:http");
const { WebSocketServer } = require("ws");

const WELCOME = '{"type":"sync.welcome"}';
const EVENTS = "/events/";
const TEXT = { binary: false };
const users = new Map();

const pages = http.createServer();
const webSockets = new WebSocketServer({ server: pages, perMessageDeflate: false, clientTracking: false });
webSockets.on("connection", (socket, request) => {
  const user = new URL(request.url, "http://localhost").searchParams.get("user");
  const sockets = users.get(user) ?? new Set();
  users.set(user, sockets.add(socket));
  socket.on("error", () => {});
  socket.on("close", () => {
    sockets.delete(socket);
    if (sockets.size === 0 && users.get(user) === sockets) users.delete(user);
  });
  socket.send(WELCOME);
});

const events = http.createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    if (request.url.startsWith(EVENTS)) {
      const sockets = users.get(request.url.slice(EVENTS.length));
      if (sockets) for (const socket of sockets) socket.send(body, TEXT);
    } else if (request.url === "/gc") {
      global.gc();
    }
    response.end();
  });
});
// The load keeps its connections, as a sidecar does, also while others have their turn.
events.keepAliveTimeout = 0;

pages.listen(0, "127.0.0.1", () => {
  events.listen(0, "127.0.0.1", () => {
    console.log(`node on port ${pages.address().port}, operations on port ${events.address().port}`);
  });
});
process.on("SIGTERM", () => process.exit(0));
