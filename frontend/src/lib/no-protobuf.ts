// Takes the place of @ag-ui/proto in the built page (vite.config.ts). The dojo tells its events as text/event-stream only, so the
// protobuf half of AG-UI's client would be weight that nobody ever runs.

export const AGUI_MEDIA_TYPE = "application/vnd.ag-ui.event+proto";

export function decode(): never {
  throw new Error("This page reads events as text only.");
}
