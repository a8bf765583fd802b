import type { AlertView, LogRowView, TaskView } from './schema';

/** What a subscription wants to hear; docs/formats/live-feed.md. */
export interface LiveTopic {
  agents?: string[];
  metrics?: string[];
  labels?: Record<string, string>;
  alerts?: boolean;
  tasks?: string[];
}

export interface LiveSeries {
  n: number;
  metric?: string;
  labels?: Record<string, string>;
  time: number;
  value: number | string;
}

export interface LiveAgent {
  agent: string;
  status?: 'online' | 'degraded' | 'offline';
  time?: number;
  gap?: boolean;
  gone?: boolean;
  series?: LiveSeries[];
}

export interface LiveTask {
  task: string;
  state?: TaskView;
  logs?: LogRowView[];
  gone?: boolean;
}

/** One frame of news. `full`: forget what was known of this subscription. */
export interface LiveUpdate {
  type: 'update';
  id: string;
  full?: boolean;
  more?: boolean;
  agents?: LiveAgent[];
  alerts?: AlertView[];
  alerts_left_out?: boolean;
  tasks?: LiveTask[];
}

interface LiveError {
  type: 'error';
  id?: string;
  code: string;
  message: string;
  retry_after_seconds?: number;
}

interface Subscription {
  topic: LiveTopic;
  onUpdate: (update: LiveUpdate) => void;
  onError?: ((message: string) => void) | undefined;
}

export type Connection = 'idle' | 'connecting' | 'open' | 'down';

// The centre sends a heartbeat each 15 s: two missed ones and a bit.
const silence = 40_000;
const firstPause = 500;
const longestPause = 15_000;
// A page that is left comes back to the same feed when another opens at once.
const linger = 5_000;

/**
 * The one socket to the live feed, shared by all that is shown. Dials again when it breaks, and subscribes again: each subscription then
 * begins with a full update.
 */
export class LiveFeed {
  private socket: WebSocket | undefined;
  private readonly subscriptions = new Map<string, Subscription>();
  private readonly listeners = new Set<() => void>();
  private state: Connection = 'idle';
  private pause = firstPause;
  private nextId = 1;
  private redial: ReturnType<typeof setTimeout> | undefined;
  private watch: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly url: () => string) {}

  get connection(): Connection {
    return this.state;
  }

  /** Told when {@link connection} changes. */
  onConnection = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Hears of a topic until the returned function is called. */
  subscribe(topic: LiveTopic, onUpdate: Subscription['onUpdate'], onError?: Subscription['onError']): () => void {
    const id = `s${this.nextId++}`;
    this.subscriptions.set(id, { topic, onUpdate, onError });
    if (this.state === 'open') this.send({ type: 'subscribe', id, ...topic });
    else if (this.state === 'idle') this.dial();
    return () => {
      this.subscriptions.delete(id);
      if (this.state === 'open') this.send({ type: 'unsubscribe', id });
      if (this.subscriptions.size === 0) setTimeout(() => this.subscriptions.size === 0 && this.close(), linger);
    };
  }

  /** Closes until the next subscription: nobody looks, or the viewer has signed out. */
  close(): void {
    clearTimeout(this.redial);
    clearTimeout(this.watch);
    const socket = this.socket;
    this.socket = undefined;
    socket?.close();
    this.become('idle');
  }

  private dial() {
    this.become(this.state === 'down' ? 'down' : 'connecting');
    const socket = new WebSocket(this.url(), ['outrider.live.v1']);
    this.socket = socket;
    socket.onmessage = (event: MessageEvent<string>) => this.socket === socket && this.receive(event.data);
    socket.onclose = () => this.socket === socket && this.lost();
    this.expectNews();
  }

  private receive(text: string) {
    this.expectNews();
    const frame = JSON.parse(text) as LiveUpdate | LiveError | { type: string };
    switch (frame.type) {
      case 'ready':
        this.pause = firstPause;
        this.become('open');
        for (const [id, { topic }] of this.subscriptions) this.send({ type: 'subscribe', id, ...topic });
        break;
      case 'update': {
        const update = frame as LiveUpdate;
        this.subscriptions.get(update.id)?.onUpdate(update);
        break;
      }
      case 'error': {
        const error = frame as LiveError;
        if (error.id !== undefined) this.subscriptions.get(error.id)?.onError?.(error.message);
        if (error.retry_after_seconds !== undefined) this.pause = Math.max(this.pause, error.retry_after_seconds * 1_000);
        break;
      }
    }
  }

  private lost() {
    clearTimeout(this.watch);
    this.socket = undefined;
    if (this.subscriptions.size === 0) {
      this.become('idle');
      return;
    }
    this.become('down');
    // Not all viewers at once when a centre comes back.
    this.redial = setTimeout(() => this.dial(), this.pause * (0.5 + Math.random() / 2));
    this.pause = Math.min(this.pause * 2, longestPause);
  }

  /** A socket that says nothing, not even that it lives, is dead though it may not know. */
  private expectNews() {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => {
      const socket = this.socket;
      this.lost();
      socket?.close();
    }, silence);
  }

  private send(frame: object) {
    this.socket?.send(JSON.stringify(frame));
  }

  private become(state: Connection) {
    if (this.state === state) return;
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

export const liveFeed = new LiveFeed(() => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`);
