import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useState, type ReactNode, type SyntheticEvent } from "react";
import { useLocation } from "wouter";
import { goodNews } from "@/app/good-news";
import { Rooms } from "@/app/rooms";
import { BottomBar, TopBar } from "@/app/top-bar";
import { Boundary } from "@/components/boundary";
import { OfflineBar } from "@/components/offline-bar";
import { Panel } from "@/components/panel";
import { Waiting } from "@/components/waiting";
import { useStyle } from "@/components/shop-context";
import { SlayerContext } from "@/components/slayer-context";
import { useToast } from "@/components/toasts";
import { useAccent } from "@/components/use-accent";
import { signOut } from "@/features/auth/auth-api";
import { ThreadList } from "@/features/chat/thread-list";
import { m } from "@/lib/messages";
import { PLACES, threadIn, threadPlace } from "@/lib/places";
import { THREADS, threadsQuery } from "@/lib/queries";
import type { Block, Me } from "@/lib/types";
import { useRoomTitle } from "@/lib/use-room-title";
import { useNewDay, useRecordRefresh } from "@/lib/use-record-refresh";
import { useShortcut } from "@/lib/use-shortcut";

const ChatRoom = lazy(() => import("@/app/chat-room").then(({ ChatRoom }) => ({ default: ChatRoom })));
const Palette = lazy(() => import("@/app/palette").then(({ Palette }) => ({ default: Palette })));

interface DojoProps {
  me: Me;
  /** What the slayer had written when their session ended; it is put back into the box. */
  unsaid: { text: string } | null;
  /** What stands in the box, or is on its way and not answered yet. */
  onWords: (text: string) => void;
  onLeft: (notice: string | null) => void;
}

/** Everything behind the gate: the bar, the conversations, the chat and the other rooms. */
export function Dojo({ me, unsaid, onWords, onLeft }: DojoProps) {
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
  const [draft, setDraft] = useState(unsaid);
  const tell = useToast();
  const client = useQueryClient();
  const refreshRecord = useRecordRefresh();
  const threads = useQuery(threadsQuery);
  const firstTime = threads.data?.items.length === 0;
  // An empty conversation offers more to a newcomer: nothing is drawn that would jump when it is known who has come.
  const chatShown = chatOpened && (threadInPlace !== null || keptThread !== null || !threads.isPending);
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
    onWords(boxed());
    refreshRecord();
    void client.invalidateQueries({ queryKey: THREADS });
  }, [client, refreshRecord, onWords]);
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
            {chatShown ? (
              <Shown when={inChat} onWords={onWords}>
                <Boundary>
                  <Suspense
                    fallback={
                      <div className="mx-auto w-full max-w-4xl px-4 py-6 sm:px-6">
                        <Waiting label={m.chat.opening} lines={6} />
                      </div>
                    }
                  >
                    <ChatRoom
                      me={me}
                      threadId={keptThread}
                      question={question}
                      draft={draft}
                      firstTime={firstTime}
                      onThread={onThread}
                      onBlock={onBlock}
                      onTurnEnd={onTurnEnd}
                    />
                  </Suspense>
                </Boundary>
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
  const target = inChat ? BOX : "content";
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

const BOX = "message";

/** What stands in the box now. */
function boxed(): string {
  const box = document.getElementById(BOX);
  return box instanceof HTMLTextAreaElement ? box.value : "";
}

interface ShownProps {
  when: boolean;
  onWords: (text: string) => void;
  children: ReactNode;
}

function Shown({ when, onWords, children }: ShownProps) {
  function onInput({ target }: SyntheticEvent) {
    if (target instanceof HTMLTextAreaElement && target.id === BOX) onWords(target.value);
  }
  return (
    <div hidden={!when} className={when ? "flex min-h-0 flex-1 flex-col" : ""} onInput={onInput}>
      {children}
    </div>
  );
}
