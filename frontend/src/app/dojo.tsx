import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useState, type ReactNode } from "react";
import { useLocation } from "wouter";
import { drawBlock } from "@/app/draw-block";
import { goodNews } from "@/app/good-news";
import { Rooms } from "@/app/rooms";
import { BottomBar, TopBar } from "@/app/top-bar";
import { Boundary } from "@/components/boundary";
import { OfflineBar } from "@/components/offline-bar";
import { Panel } from "@/components/panel";
import { useStyle } from "@/components/shop-context";
import { SlayerContext } from "@/components/slayer-context";
import { useToast } from "@/components/toasts";
import { useAccent } from "@/components/use-accent";
import { signOut } from "@/features/auth/auth-api";
import { listThreads } from "@/features/chat/chat-api";
import { ChatPage } from "@/features/chat/chat-page";
import { ThreadList } from "@/features/chat/thread-list";
import { FirstBlade } from "@/features/recommender/first-blade";
import { OrderButton } from "@/features/shop/order-button";
import { m } from "@/lib/messages";
import { PLACES, threadIn, threadPlace } from "@/lib/places";
import { THREADS } from "@/lib/queries";
import type { Block, Me } from "@/lib/types";
import { useRoomTitle } from "@/lib/use-room-title";
import { useNewDay, useRecordRefresh } from "@/lib/use-record-refresh";
import { useShortcut } from "@/lib/use-shortcut";

const Palette = lazy(() => import("@/app/palette").then(({ Palette }) => ({ default: Palette })));

interface DojoProps {
  me: Me;
  onLeft: (notice: string | null) => void;
}

/** Everything behind the gate: the bar, the conversations, the chat and the other rooms. */
export function Dojo({ me, onLeft }: DojoProps) {
  const [path, goTo] = useLocation();
  const threadInPlace = threadIn(path);
  const inChat = threadInPlace !== undefined;
  // The chat stays as it is, answer in flight included, while the slayer looks around in the other rooms.
  const [keptThread, setKeptThread] = useState<string | null>(threadInPlace ?? null);
  const [chatOpened, setChatOpened] = useState(inChat);
  if (inChat && keptThread !== threadInPlace) setKeptThread(threadInPlace);
  if (inChat && !chatOpened) setChatOpened(true);

  const [menu, setMenu] = useState(false);
  const [palette, setPalette] = useState(false);
  const [question, setQuestion] = useState<{ text: string } | null>(null);
  const [draft, setDraft] = useState<{ text: string } | null>(null);
  const tell = useToast();
  const client = useQueryClient();
  const refreshRecord = useRecordRefresh();
  const threads = useQuery({ queryKey: [...THREADS, ""], queryFn: ({ signal }) => listThreads("", signal) });
  const firstTime = threads.data?.items.length === 0;
  useAccent(useStyle(me.breathing_style).color);
  useNewDay(me.timezone);
  useShortcut(
    "k",
    useCallback(() => setPalette((open) => !open), []),
  );

  const onThread = useCallback((threadId: string) => goTo(threadPlace(threadId), { replace: true }), [goTo]);
  const onBlock = useCallback(
    (block: Block) => {
      const news = goodNews(block);
      if (news) tell(news);
    },
    [tell],
  );
  const onTurnEnd = useCallback(() => {
    refreshRecord();
    void client.invalidateQueries({ queryKey: THREADS });
  }, [client, refreshRecord]);
  const ask = useCallback(
    (text: string) => {
      goTo(PLACES.newChat);
      setQuestion({ text });
    },
    [goTo],
  );

  /** Begins a message in the conversation that is open; the slayer goes on with it. */
  const compose = useCallback(
    (text: string) => {
      goTo(keptThread === null ? PLACES.newChat : threadPlace(keptThread));
      setDraft({ text });
    },
    [goTo, keptThread],
  );

  async function leave() {
    await signOut().catch(() => undefined);
    goTo(PLACES.newChat, { replace: true });
    onLeft(null);
  }

  const closeMenu = () => setMenu(false);
  const threadList = (
    <ThreadList
      current={threadInPlace ?? null}
      onPick={closeMenu}
      onGone={() => goTo(PLACES.newChat, { replace: true })}
    />
  );

  return (
    <SlayerContext value={me}>
      <div className="flex h-dvh flex-col">
        <SkipLink inChat={inChat} />
        <TopBar
          me={me}
          path={path}
          onMenu={() => setMenu(true)}
          onPalette={() => setPalette(true)}
          onLeave={() => void leave()}
        />
        <OfflineBar />
        <div className="flex min-h-0 flex-1">
          {inChat ? (
            <aside className="relative hidden w-72 shrink-0 flex-col gap-4 overflow-y-auto border-r border-line p-4 lg:flex">
              {threadList}
            </aside>
          ) : null}
          <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
            {chatOpened ? (
              <Shown when={inChat}>
                <ChatPage
                  me={me}
                  threadId={keptThread}
                  question={question}
                  draft={draft}
                  drawBlock={drawBlock}
                  drawFirst={(say) =>
                    firstTime ? <FirstBlade ask={say} drawOrder={(weapon) => <OrderButton weapon={weapon} />} /> : null
                  }
                  onThread={onThread}
                  onBlock={onBlock}
                  onTurnEnd={onTurnEnd}
                />
                <ChatTitle
                  title={threads.data?.items.find((one) => one.thread_id === threadInPlace)?.title ?? null}
                  shown={inChat}
                />
              </Shown>
            ) : null}
            {inChat ? null : (
              <Boundary key={path}>
                <Rooms me={me} onAsk={ask} onCompose={compose} onLeft={() => onLeft(m.account.left)} />
              </Boundary>
            )}
          </main>
        </div>
        <BottomBar me={me} path={path} />
        <Panel open={menu} onClose={closeMenu} title={m.threads.list} side="left">
          <div className="flex flex-1 flex-col gap-4">{menu ? threadList : null}</div>
        </Panel>
        {palette ? (
          <Suspense>
            <Palette onClose={() => setPalette(false)} onAsk={ask} onLeave={() => void leave()} />
          </Suspense>
        ) : null}
      </div>
    </SlayerContext>
  );
}

/** Names the conversation in the tab while it is what is seen. */
function ChatTitle({ title, shown }: { title: string | null; shown: boolean }) {
  return shown ? <RoomTitle title={title} /> : null;
}

function RoomTitle({ title }: { title: string | null }) {
  useRoomTitle(title);
  return null;
}

function SkipLink({ inChat }: { inChat: boolean }) {
  const target = inChat ? "message" : "content";
  return (
    <a
      href={`#${target}`}
      className="button button-strong absolute top-2 left-2 z-10 -translate-y-20 focus:translate-y-0"
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(target)?.focus();
      }}
    >
      {inChat ? m.rooms.toMessage : m.rooms.toContent}
    </a>
  );
}

function Shown({ when, children }: { when: boolean; children: ReactNode }) {
  return (
    <div hidden={!when} className={when ? "flex min-h-0 flex-1 flex-col" : ""}>
      {children}
    </div>
  );
}
