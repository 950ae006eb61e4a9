// Stands between browser and shop and notes when the first words of each answer pass.

import { createServer, request } from "node:http";

const FIRST = /event: ?text\b|"type": ?"TEXT_MESSAGE_(CONTENT|CHUNK)"/;

/**
 * Opens the relay. It passes on what it gets, piece by piece.
 *
 * @param {string} shopUrl the origin of the shop
 * @returns {Promise<{url: string, moments: number[], close: () => void}>} `moments` grows by one for each streamed answer:
 *   milliseconds since the epoch at which its first text event came from the shop
 */
export async function openRelay(shopUrl) {
  const moments = [];
  const shop = new URL(shopUrl);
  const server = createServer((asked, answer) => {
    const passed = request(
      { host: shop.hostname, port: shop.port, method: asked.method, path: asked.url, headers: asked.headers },
      (given) => {
        answer.writeHead(given.statusCode, given.headers);
        const streamed = (given.headers["content-type"] ?? "").includes("event-stream");
        let noted = !streamed;
        let read = "";
        given.on("data", (piece) => {
          if (!noted) {
            read += piece.toString();
            if (FIRST.test(read)) {
              noted = true;
              moments.push(performance.timeOrigin + performance.now());
            }
          }
          answer.write(piece);
        });
        given.on("end", () => answer.end());
      },
    );
    passed.on("error", () => answer.destroy());
    answer.on("close", () => passed.destroy());
    asked.pipe(passed);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    moments,
    close: () => server.closeAllConnections?.() ?? server.close(),
  };
}
