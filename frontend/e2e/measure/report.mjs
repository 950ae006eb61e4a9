// The bounds, and the report in Markdown.

import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";

export const BOUNDS = {
  /** kB of JavaScript under gzip that a first visit needs, the most. */
  script: 320,
  /** Lighthouse, the least. */
  score: 0.95,
  /** Milliseconds from the server's first text event to words on the screen, the most of 95 in 100. */
  words: 150,
  /** Milliseconds that a frame stands while a long conversation is scrolled, the most of 95 in 100. */
  frame: 50,
};

/** What was missed, a sentence each. */
export function judge({ weight = {}, lighthouse = [], words, thread }) {
  const missed = [];
  for (const [page, { script }] of Object.entries(weight)) {
    if (script > BOUNDS.script) missed.push(`${page}: ${script.toFixed(0)} kB of JavaScript`);
  }
  for (const { page, form, performance, accessibility } of lighthouse) {
    if (performance < BOUNDS.score) missed.push(`${page}, ${form}: performance ${performance}`);
    if (accessibility < BOUNDS.score) missed.push(`${page}, ${form}: accessibility ${accessibility}`);
  }
  if (words && words.p95 > BOUNDS.words) missed.push(`first word after ${words.p95.toFixed(0)} ms (p95)`);
  if (thread && thread.p95 > BOUNDS.frame)
    missed.push(`a frame stands ${thread.p95.toFixed(0)} ms (p95) in a long conversation`);
  if (thread && !thread.reached) missed.push("the first message of a long conversation was not reached");
  return missed;
}

/** The report. */
export function tell({ weight, lighthouse, words, thread }, missed, { quick }) {
  const parts = [
    "# How heavy, fast and smooth the page is",
    `\`npm run measure${quick ? " -- --quick" : ""}\` in \`frontend/\`, against an open shop that serves the built page. ${surroundings()}`,
    missed.length > 0 ? `**Missed:** ${missed.join(" · ")}.` : "Every bound is kept.",
  ];
  if (weight) parts.push(weights(weight));
  if (lighthouse) parts.push(scores(lighthouse));
  if (words) {
    parts.push(
      "## The first word",
      `From the moment at which the server's first text event passes a relay before the browser to the frame that shows its words, over ${words.turns} turns: ` +
        `p50 ${ms(words.p50)}, p95 ${ms(words.p95)}, longest ${ms(words.most)} (bound: p95 ${BOUNDS.words} ms).`,
    );
  }
  if (thread) parts.push(scroll(thread));
  return parts.join("\n\n") + "\n";
}

function surroundings() {
  const date = new Date().toISOString().slice(0, 10);
  const busy = loadavg()[0].toFixed(1);
  return (
    `${date}, ${availableParallelism()} cores (${cpus()[0].model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB of memory, ${type()} ${release().split("-")[0]}, ` +
    `headless Chromium without a GPU; load average ${busy} at the end.`
  );
}

function weights(weight) {
  const rows = Object.entries(weight).map(
    ([page, { script, style, sent }]) =>
      `| ${page} | ${script.toFixed(0)} | ${style.toFixed(0)} | ${sent.toFixed(0)} |`,
  );
  return [
    "## Weight of a first visit",
    `kB, with an empty cache (bound: ${BOUNDS.script} kB of JavaScript).\n`,
    "| page | JavaScript, gzip | CSS, gzip | everything, as sent |",
    "|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function scores(lighthouse) {
  const rows = lighthouse.map(
    ({ page, form, performance, accessibility, fcp, lcp, tbt, cls }) =>
      `| ${page} | ${form} | ${performance} | ${accessibility} | ${fcp} | ${lcp} | ${tbt} | ${cls.toFixed(3)} |`,
  );
  return [
    "## Lighthouse",
    `The middle of several runs, each in a fresh browser (bound: ${BOUNDS.score}). Times in milliseconds, simulated for a desktop and for a phone on a slow line.\n`,
    "| page | as | performance | accessibility | first paint | largest paint | blocked | layout shift |",
    "|---|---|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function scroll(thread) {
  return [
    `## A conversation of ${thread.held * 2} messages`,
    `Opened and scrolled with the wheel from its end to its first message (bound: p95 of a frame ${BOUNDS.frame} ms).\n`,
    "| what | figure |",
    "|---|---|",
    `| opens in | ${ms(thread.openMs)} |`,
    `| to the beginning | ${ms(thread.scrollMs)}, ${thread.frames} frames |`,
    `| a frame stands, p50 · p95 · longest | ${ms(thread.p50)} · ${ms(thread.p95)} · ${ms(thread.worst)} |`,
    `| frames over 50 ms · tasks over 50 ms, the longest | ${thread.over50} · ${thread.longTasks}, ${ms(thread.longestTask)} |`,
    `| elements at the end · turns drawn, at most · JavaScript heap | ${thread.nodes} · ${thread.most} · ${thread.heapMb.toFixed(0)} MB |`,
  ].join("\n");
}

function ms(value) {
  return `${Math.round(value)} ms`;
}
