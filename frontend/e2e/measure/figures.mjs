// Small sums. Pure functions.

/** The value below which a share of some numbers lies; the nearest one that is there. */
export function quantile(numbers, share) {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}
