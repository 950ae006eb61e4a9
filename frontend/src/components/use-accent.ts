import { useEffect } from "react";

/** Dyes the page in the colour of a breathing style. */
export function useAccent(color: string): void {
  useEffect(() => {
    document.documentElement.style.setProperty("--style", color);
    return () => void document.documentElement.style.removeProperty("--style");
  }, [color]);
}
