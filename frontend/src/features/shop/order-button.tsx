import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useOwns } from "@/components/slayer-context";
import { placeOrder } from "@/features/shop/shop-api";
import { ApiError, messageOf } from "@/lib/api";
import { freshKey } from "@/lib/local-id";
import type { Weapon } from "@/lib/types";
import { useToast } from "@/components/toasts";
import { m } from "@/lib/messages";
import { WEAPONS } from "@/lib/queries";
import { useRecordRefresh } from "@/lib/use-record-refresh";

/** Orders a weapon after asking once more, in place. Nothing is offered that is sold out or owned already. */
export function OrderButton({ weapon }: { weapon: Weapon }) {
  const owned = useOwns(weapon.weapon_id);
  const tell = useToast();
  const client = useQueryClient();
  const refreshRecord = useRecordRefresh();
  const [at, setAt] = useState<"idle" | "asking" | "sending" | "ordered">("idle");
  const [problem, setProblem] = useState<string | null>(null);
  // Kept until the shop has said yes or no: asking again under the same key can never order twice.
  const orderKey = useRef<string | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const receipt = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // The pressed button is gone.
    if (at === "ordered") receipt.current?.focus();
  }, [at]);

  const lookAgain = () => void client.invalidateQueries({ queryKey: WEAPONS });

  async function order() {
    setAt("sending");
    setProblem(null);
    orderKey.current ??= freshKey();
    try {
      await placeOrder({
        order_key: orderKey.current,
        weapon_id: weapon.weapon_id,
        price: weapon.price,
      });
      setAt("ordered");
      tell(m.order.isYours(weapon.name));
      refreshRecord();
      lookAgain();
    } catch (error) {
      setProblem(messageOf(error));
      if (isFinal(error)) {
        orderKey.current = null;
        setAt("idle");
        // What is shown of the weapon may be out of date.
        lookAgain();
      } else setAt("asking");
    }
  }

  function cancel() {
    setAt("idle");
    setProblem(null);
    // The opener is drawn again first.
    requestAnimationFrame(() => opener.current?.focus());
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape" && at === "asking") cancel();
  }

  const words = problem ? (
    <p role="alert" className="order-last basis-full text-sm font-medium text-vermilion">
      {problem}
    </p>
  ) : null;
  if (at === "ordered") {
    return (
      <p ref={receipt} role="status" tabIndex={-1} className="text-sm font-bold text-moss">
        {m.order.ordered}
      </p>
    );
  }
  if (owned) return null;
  if (weapon.stock < 1) return words;
  if (at === "asking" || at === "sending") {
    return (
      <div
        role="group"
        aria-label={m.order.theWeapon(weapon.name)}
        className="order-last grid basis-full gap-2 rounded-lg bg-well p-3"
        onKeyDown={onKeyDown}
      >
        <p className="text-sm">{m.order.sure(weapon.price)}</p>
        <div className="flex flex-wrap gap-2">
          <button
            type="button"
            // The slayer has just asked for this: the answer is the next thing to press.
            autoFocus
            className="button button-strong button-small"
            aria-disabled={at === "sending"}
            onClick={() => {
              if (at === "asking") void order();
            }}
          >
            {at === "sending" ? m.order.ordering : problem ? m.common.tryAgain : m.order.yes}
          </button>
          <button type="button" className="button button-small" disabled={at === "sending"} onClick={cancel}>
            {m.common.cancel}
          </button>
        </div>
        {words}
      </div>
    );
  }
  return (
    <>
      <button
        ref={opener}
        type="button"
        className="button button-small"
        aria-label={m.order.theWeapon(weapon.name)}
        onClick={() => {
          setProblem(null);
          setAt("asking");
        }}
      >
        {m.order.order}
      </button>
      {words}
    </>
  );
}

/** Whether the shop has answered: without an answer, or after a failure of its own, the order may have gone through. */
function isFinal(error: unknown): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500;
}
