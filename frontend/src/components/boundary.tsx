import { Component, type ReactNode } from "react";
import { m } from "@/lib/messages";

interface BoundaryState {
  broken: boolean;
}

/** A room that fails takes no other with it: it says so, and offers the one thing that helps. */
export class Boundary extends Component<{ children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { broken: false };

  static getDerivedStateFromError(): BoundaryState {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <div className="grid flex-1 place-content-center justify-items-center gap-4 p-6 text-center">
        <h1 className="text-2xl">{m.rooms.brokenTitle}</h1>
        <p role="alert" className="text-soft">
          {m.rooms.broken}
        </p>
        <button type="button" className="button button-strong" onClick={() => window.location.reload()}>
          {m.rooms.reload}
        </button>
      </div>
    );
  }
}
