import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { ShopContext } from "@/components/shop-context";
import { SlayerContext } from "@/components/slayer-context";
import { ToastProvider } from "@/components/toasts";
import { aShop, aSlayer } from "@/test/samples";
import type { Me } from "@/lib/types";

interface Surroundings {
  path?: string;
  me?: Me;
}

/** Draws a part of the page as it stands in the dojo; `at` gives the address now. */
export function renderIn(children: ReactNode, { path = "/", me = aSlayer() }: Surroundings = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(["me"], me);
  const location = memoryLocation({ path, record: true });
  const view = render(
    <QueryClientProvider client={client}>
      <Router hook={location.hook} searchHook={location.searchHook}>
        <ShopContext value={aShop()}>
          <SlayerContext value={me}>
            <ToastProvider>{children}</ToastProvider>
          </SlayerContext>
        </ShopContext>
      </Router>
    </QueryClientProvider>,
  );
  return { ...view, client, at: () => location.history.at(-1) };
}
