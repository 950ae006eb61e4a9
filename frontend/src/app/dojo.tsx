import { useCallback, useEffect, useState, type ReactNode } from "react";
import { drawBlock } from "@/app/draw-block";
import { TopBar } from "@/app/top-bar";
import { Panel } from "@/components/panel";
import { useStyle } from "@/components/shop-context";
import { SlayerContext } from "@/components/slayer-context";
import { Toasts, type Toast } from "@/components/toasts";
import { useAccent } from "@/components/use-accent";
import { signOut } from "@/features/auth/auth-api";
import { listThreads } from "@/features/chat/chat-api";
import { ChatPage, type DrawBlock } from "@/features/chat/chat-page";
import { ThreadList } from "@/features/chat/thread-list";
import { GalleryPage } from "@/features/gallery/gallery-page";
import { ArmouryPage } from "@/features/shop/armoury-page";
import { LeaderboardPanel } from "@/features/slayer/leaderboard-panel";
import { SlayerCard } from "@/features/slayer/slayer-card";
import { useRecord } from "@/features/slayer/use-record";
import { get } from "@/lib/api";
import { points } from "@/lib/format";
import { localId } from "@/lib/local-id";
import type { Block, Me, PlacedOrder, ThreadSummary } from "@/lib/types";
import { goTo, placeOf, useHash } from "@/lib/use-hash";

interface DojoProps {
  me: Me;
  onMe: (me: Me) => void;
  onLeft: () => void;
}

/** Everything behind the gate: the bar, the conversations, the chat, the armoury and the gallery. */
export function Dojo({ me, onMe, onLeft }: DojoProps) {
  const place = placeOf(useHash());
  const threadInPlace = place.name === "chat" ? place.threadId : null;
  // The chat stays as it is, answer in flight included, while the slayer looks around elsewhere.
  const [keptThread, setKeptThread] = useState(threadInPlace);
  if (place.name === "chat" && keptThread !== threadInPlace) setKeptThread(threadInPlace);

  const [menu, setMenu] = useState(false);
  const [leaderboard, setLeaderboard] = useState(false);
  const [toasts, setToasts] = useState<Toast[]>([]);
  const [question, setQuestion] = useState<{ text: string } | null>(null);
  const [draft, setDraft] = useState<{ text: string } | null>(null);
  const { threads, listedAt, refresh: refreshThreads } = useThreads();
  const record = useRecord(me);
  useAccent(useStyle(me.breathing_style).color);

  const onThread = useCallback((threadId: string) => goTo({ name: "chat", threadId }, { replace: true }), []);
  const onBlock = useCallback((block: Block) => {
    const text = goodNews(block);
    if (text) setToasts((before) => [...before, { id: localId(), text }]);
  }, []);
  // The bar and the list are conveniences: when they cannot be refreshed they stay as they are.
  const refreshMe = useCallback(() => void get<Me>("/me").then(onMe, () => undefined), [onMe]);
  const onTurnEnd = useCallback(() => {
    refreshMe();
    refreshThreads();
  }, [refreshMe, refreshThreads]);
  const onOrdered = useCallback(
    (order: PlacedOrder) => {
      setToasts((before) => [...before, { id: localId(), text: `The ${order.weapon.name} is yours` }]);
      refreshMe();
    },
    [refreshMe],
  );
  const draw = useCallback<DrawBlock>((block, tools) => drawBlock(block, { ...tools, onOrdered }), [onOrdered]);
  const dropToast = useCallback((id: string) => setToasts((before) => before.filter((toast) => toast.id !== id)), []);

  async function leave() {
    await signOut().catch(() => undefined);
    goTo({ name: "chat", threadId: null }, { replace: true });
    onLeft();
  }

  function askFromArmoury(text: string) {
    goTo({ name: "chat", threadId: null });
    setQuestion({ text });
  }

  function composeInChat(text: string) {
    goTo({ name: "chat", threadId: keptThread });
    setDraft({ text });
  }

  const closeMenu = () => setMenu(false);
  const side = (
    <>
      <ThreadList threads={threads} current={threadInPlace} now={listedAt} onPick={closeMenu} />
      <SlayerCard me={me} record={record} onMe={onMe} />
    </>
  );

  return (
    <SlayerContext value={me}>
      <div className="flex h-dvh flex-col">
        <a
          href="#message"
          className="button button-strong absolute top-2 left-2 z-10 -translate-y-20 focus:translate-y-0"
          onClick={(event) => {
            event.preventDefault();
            document.getElementById("message")?.focus();
          }}
        >
          Go to the message box
        </a>
        <TopBar
          me={me}
          place={place}
          onMenu={() => setMenu(true)}
          onLeaderboard={() => setLeaderboard(true)}
          onLeave={() => void leave()}
        />
        <div className="flex min-h-0 flex-1">
          <aside className="relative hidden w-72 shrink-0 flex-col gap-4 overflow-y-auto border-r border-line p-4 lg:flex">
            {side}
          </aside>
          <main className="flex min-h-0 min-w-0 flex-1 flex-col">
            <Shown when={place.name === "chat"}>
              <ChatPage
                me={me}
                threadId={keptThread}
                question={question}
                draft={draft}
                drawBlock={draw}
                onThread={onThread}
                onBlock={onBlock}
                onTurnEnd={onTurnEnd}
              />
            </Shown>
            {place.name === "armoury" ? <ArmouryPage onAsk={askFromArmoury} onOrdered={onOrdered} /> : null}
            {place.name === "gallery" ? <GalleryPage onCompose={composeInChat} /> : null}
          </main>
        </div>
        <Panel open={menu} onClose={closeMenu} title="Conversations" side="left">
          <div className="flex flex-1 flex-col gap-4">{side}</div>
        </Panel>
        <LeaderboardPanel open={leaderboard} onClose={() => setLeaderboard(false)} />
        <Toasts toasts={toasts} onDrop={dropToast} />
      </div>
    </SlayerContext>
  );
}

/** What is worth a word above everything. */
function goodNews(block: Block): string | null {
  switch (block.type) {
    case "points":
      return block.delta === 0 ? null : `${block.delta > 0 ? "+" : "−"}${points(Math.abs(block.delta))}`;
    case "achievement":
      return `Badge earned: ${block.name}`;
    case "rank_up":
      return `You are now ${block.rank}!`;
    default:
      return null;
  }
}

function Shown({ when, children }: { when: boolean; children: ReactNode }) {
  return (
    <div hidden={!when} className={when ? "flex min-h-0 flex-1 flex-col" : ""}>
      {children}
    </div>
  );
}

function useThreads() {
  const [state, setState] = useState<{ threads: ThreadSummary[] | null; listedAt: Date }>(() => ({
    threads: null,
    listedAt: new Date(),
  }));
  const refresh = useCallback(() => {
    listThreads().then(
      (threads) => setState({ threads, listedAt: new Date() }),
      () => undefined,
    );
  }, []);
  useEffect(refresh, [refresh]);
  return { ...state, refresh };
}
