/**
 * One SignalR connection a page, to `/live`, opened when something first listens and kept for ever.
 *
 * The hub: methods `Listen(channel)` → the channel's last number or nothing, and `Leave(channel)`; it tells
 * `tell(channel, kind, seq, data)`. Numbers count one by one within a channel; a channel without numbers sends null.
 * A live message may be lost: what matters is stored before it is told, and `reconnected` is the moment to catch up.
 */
import type { HubConnection } from '@microsoft/signalr';
import { jittered, pause } from './api';

export interface Message {
  kind: string;
  /** The channel's running number, if it has one. */
  seq?: number;
  data?: unknown;
}

export interface Handlers {
  event(message: Message): void;
  /**
   * Something may have been missed: after a reconnect, after a gap in the numbers, or when the channel moved on between
   * the rendering of the page (`since`) and joining. Not called when the numbers prove that nothing was.
   */
  reconnected?(): void;
}

/** `live` connected · `connecting` trying · `offline` no network, many tries failed, or not allowed (signed out). */
export type LiveState = 'live' | 'connecting' | 'offline';

interface Listener extends Handlers {
  /** The last number this listener has dealt with. */
  seen: number | undefined;
  /** Whether it was ever joined: a first join without numbers is taken to have missed nothing when it came promptly. */
  joined: boolean;
}

/** Milliseconds since the page was asked for; on a slow device or network much may have been said before a later join. */
const promptly = 3_000;

const channels = new Map<string, Set<Listener>>();
let hub: HubConnection | undefined;
let state: LiveState = 'connecting';
let running = false;
/** In the back/forward cache, where an open connection is not allowed. */
let parked = false;
/** Ends the present wait: the network is back, or the page is looked at again. */
let wake = new AbortController();
let whenLive = Promise.withResolvers<HubConnection>();

export const live = {
  /**
   * Hears a channel until the returned function is called. `since` is the channel's number when the page was rendered.
   * A channel one may not hear is refused by the hub: a warning in the console, and silence.
   */
  listen(channel: string, handlers: Handlers, since?: number): () => void {
    const listener: Listener = {
      event: (message) => handlers.event(message),
      reconnected: () => handlers.reconnected?.(),
      seen: since,
      joined: false,
    };
    const others = channels.get(channel);
    if (others) others.add(listener);
    else channels.set(channel, new Set([listener]));
    if (state === 'live') void join(channel, [listener]);
    void run();

    return () => {
      const listeners = channels.get(channel);
      if (!listeners?.delete(listener) || listeners.size > 0) return;
      channels.delete(channel);
      if (state === 'live') hub?.invoke('Leave', channel).catch(console.warn);
    };
  },

  /** Calls a hub method as soon as there is a connection; fails when there is none within ten seconds, or when the hub refuses. */
  async invoke<T = unknown>(method: string, ...args: unknown[]): Promise<T> {
    void run();
    const connection = await Promise.race([whenLive.promise, pause(10_000)]);
    if (!connection) throw new Error(`No live connection for ${method}.`);
    return connection.invoke<T>(method, ...args);
  },

  /** Another person may be signed in now: connects anew, and asks for every channel again. */
  anew(): void {
    void hub?.stop();
    wakeUp();
  },

  get state(): LiveState {
    return state;
  },
};

/** Connects, joins, waits for the end of the connection, and again. SignalR's own reconnect cannot be woken and gives up on a failed start. */
async function run(): Promise<void> {
  if (running) return;
  running = true;
  try {
    hub ??= await open();
  } catch {
    running = false; // the chunk did not load; the next listener tries again
    say('offline');
    return;
  }
  say('connecting');
  for (let failures = 0; ;) {
    if (parked) await pause(2 ** 31 - 1, wake.signal);
    const closed = nextClose();
    try {
      await hub.start();
      failures = 0;
      await joinAll();
      say('live'); // from here on `listen` joins by itself
      whenLive.resolve(hub);
      await closed;
      whenLive = Promise.withResolvers();
      say('connecting');
      await pause(parked ? 0 : jittered(0, 1000), wake.signal);
    } catch (error) {
      failures++;
      const unwelcome = /\b40[13]\b/.test(String(error));
      say(unwelcome || failures > 3 || !navigator.onLine ? 'offline' : 'connecting');
      await pause(unwelcome ? 600_000 : jittered(failures, 1000), wake.signal);
    }
  }
}

let onClose: () => void = () => undefined;

function nextClose(): Promise<void> {
  return new Promise((done) => (onClose = done));
}

async function open(): Promise<HubConnection> {
  const { openHub } = await import('./hub');
  const connection = openHub();
  connection.on('tell', hear);
  connection.onclose(() => onClose());
  return connection;
}

async function joinAll(): Promise<void> {
  const asked = new Set<string>();
  for (;;) {
    const left = [...channels].filter(([channel]) => !asked.has(channel));
    if (left.length === 0) return;
    for (const [channel] of left) asked.add(channel);
    await Promise.all(left.map(([channel, listeners]) => join(channel, listeners)));
  }
}

async function join(channel: string, listeners: Iterable<Listener>): Promise<void> {
  let last: unknown;
  try {
    last = await hub?.invoke('Listen', channel);
  } catch (error) {
    console.warn(`Not listening to ${channel}.`, error);
    return;
  }
  for (const listener of listeners) {
    const { seen, joined } = listener;
    listener.joined = true;
    const counted = typeof last === 'number' && seen !== undefined;
    if (counted ? last === seen : !joined && performance.now() < promptly) continue;
    if (typeof last === 'number') listener.seen = last;
    listener.reconnected?.();
  }
}

function hear(channel: string, kind: string, seq: unknown, data: unknown): void {
  for (const listener of channels.get(channel) ?? []) {
    const { seen } = listener;
    const message: Message = { kind, data };
    if (typeof seq === 'number') {
      message.seq = seq;
      listener.seen = Math.max(seq, seen ?? seq);
    }
    listener.event(message);
    if (typeof seq === 'number' && seen !== undefined && seq > seen + 1) listener.reconnected?.();
  }
}

// --- the status line: every [data-live-state] says data-live, data-connecting or data-offline ---

let saying: ReturnType<typeof setTimeout> | undefined;

function say(next: LiveState): void {
  state = next;
  clearTimeout(saying);
  // A hiccup of a second and a half is nobody's business.
  if (next === 'connecting') saying = setTimeout(show, 1500);
  else show();
}

function show(): void {
  for (const line of document.querySelectorAll<HTMLElement>('[data-live-state]')) {
    const text = line.dataset[state] ?? '';
    line.dataset.liveState = state;
    if (state === 'live') delete line.dataset.tone;
    else line.dataset.tone = 'caution';
    const label = line.querySelector('[data-label]') ?? line;
    if (label.textContent !== text) label.textContent = text;
  }
}

function wakeUp(): void {
  wake.abort();
  wake = new AbortController();
}

addEventListener('online', wakeUp);
addEventListener('offline', () => {
  if (running && state !== 'live') say('offline');
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) wakeUp();
});
addEventListener('pagehide', (event) => {
  parked = event.persisted;
  if (parked) void hub?.stop();
});
addEventListener('pageshow', (event) => {
  if (!event.persisted) return;
  parked = false;
  wakeUp();
});
