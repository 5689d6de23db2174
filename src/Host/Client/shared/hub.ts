/** SignalR itself, in a file of its own so that only a page that listens loads it. */
import { HubConnectionBuilder, LogLevel, type HubConnection } from '@microsoft/signalr';

/** Not started yet. WebSockets when they work, else server-sent events or long polling. */
export function openHub(): HubConnection {
  return new HubConnectionBuilder().withUrl('/live').configureLogging(LogLevel.None).build();
}
