import { setupServer } from "msw/node";

/** The API as unit tests see it: each test says what it answers (`server.use`). */
export const server = setupServer();
