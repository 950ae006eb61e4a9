const PATHS = {
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6 6 18",
  plus: "M12 5v14M5 12h14",
  send: "M12 19V5M6 11l6-6 6 6",
  stop: "M7 7h10v10H7z",
  down: "M12 5v14M6 13l6 6 6-6",
  retry: "M20 12a8 8 0 1 1-2.5-5.8M20 4v4.5h-4.5",
  leave: "M14 4H6v16h8M10.5 12H21M17.5 8.5 21 12l-3.5 3.5",
  chat: "M4 5h16v11H10l-5 4v-4H4z",
  rack: "M4 6h16M4 12h16M4 18h16M8 4v16M16 4v16",
  search: "M10.5 4.5a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM15 15l5 5",
  book: "M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11",
  blade: "M4 20l3.5-3.5M6 15l3 3M8.5 15.5 19.5 4.5c.8-.6 1-.3.6.6L11 17z",
  brush: "M4 20c3 0 5-1 5-3.5A2.5 2.5 0 0 0 4 17M9 15 19.5 4.5M9.5 14.5l2 2L20.5 6",
  ledger: "M6 3.5h12v17H6zM9 8h6M9 12h6M9 16h3.5",
  flame:
    "M12 3c.6 3.6 5.5 5.6 5.5 10.7a5.5 5.5 0 1 1-11 .8c0-2.6 1.4-4 2.3-5.7.9 1.2 1.2 1.9 1.3 3C11.7 10 12.3 6.8 12 3z",
  warning: "M12 4 21 19.5H3zM12 10v4.5M12 17v.01",
  info: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 11v5M12 8v.01",
  done: "M5 12.5l4.5 4.5L19 7.5",
  fold: "M6 9l6 6 6-6",
  star: "M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z",
  dawn: "M3 19.5h18M6 16a6 6 0 0 1 12 0M12 4v3M4.5 8.5l2 1.7M19.5 8.5l-2 1.7M1.8 14.5l2.3.4M22.2 14.5l-2.3.4",
  podium: "M9 20V8h6v12M3.5 20v-7.5H9M15 20v-5.5h5.5V20M3 20h18",
  thumb:
    "M7.5 10.5V20H4v-9.5zM7.5 10.5 11.5 3c1.6 0 2.4 1.2 2.1 2.6L12.9 9.5H18a2 2 0 0 1 2 2.4l-1.2 6.4A2 2 0 0 1 16.8 20H7.5",
  sliders: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
  slayer: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 20c.6-4 3.6-6 7.5-6s6.9 2 7.5 6",
  receipt: "M6 3.5h12v17l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  edit: "M4 20l1-4L16.5 4.5l3 3L8 19zM14 7l3 3",
  trash: "M5 7h14M10 4h4M7 7l1 13h8l1-13M10.5 10.5v6M13.5 10.5v6",
  dots: "M5 12h.01M12 12h.01M19 12h.01",
  back: "M19 12H5M11 6l-6 6 6 6",
  mic: "M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
  speaker: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a7.5 7.5 0 0 1 0 11",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  moon: "M19.5 14.5A8.2 8.2 0 1 1 10 4.2a6.6 6.6 0 0 0 9.5 10.3z",
  half: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 3.5v17M15 5.5v13M18 8v8",
  scales: "M12 4v16M7 20h10M5 7h14M5 7l-2.5 6h5zM19 7l-2.5 6h5z",
  tools: "M14 6a4 4 0 0 1 5-1l-3 3 1.5 1.5 3-3a4 4 0 0 1-5.5 5L7 20l-3-3z",
  command: "M8 8V6a2 2 0 1 0-2 2h12a2 2 0 1 0-2-2v12a2 2 0 1 0 2-2H6a2 2 0 1 0 2 2V8",
  clock: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.5V12l3 2",
  frame: "M3.5 5h17v14h-17zM3.5 16l5-5 4 4 3-3 5 5M15.5 9v.01",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  bin: "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10 11v5.5M14 11v5.5",
  left: "M14.5 6l-6 6 6 6",
  right: "M9.5 6l6 6-6 6",
} as const;

export type IconName = keyof typeof PATHS;

/** A line drawing in the colour of the text around it; always beside words or in a labelled button. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      className="shrink-0"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill={name === "stop" ? "currentColor" : "none"}
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
