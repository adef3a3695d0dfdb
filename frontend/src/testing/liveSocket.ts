type Frame = { id?: string; type: string; payload?: { operationName?: string; variables?: unknown } };

/** A server's end of graphql-transport-ws, to be put in the place of WebSocket: acknowledges, and says what a test tells it. */
export class LiveSocket extends EventTarget {
  static readonly OPEN = 1;
  static current: LiveSocket | undefined;
  static subscriptions: { name: string; variables: unknown }[] = [];
  readonly protocol = "graphql-transport-ws";
  readyState = 0;
  onopen?: () => void;
  onmessage?: (message: { data: string }) => void;
  onclose?: (event: CloseEvent) => void;
  private readonly ids = new Map<string, string>();

  constructor() {
    super();
    LiveSocket.current = this;
    queueMicrotask(() => {
      this.readyState = LiveSocket.OPEN;
      this.onopen?.();
    });
  }

  send(text: string): void {
    const { id = "", type, payload } = JSON.parse(text) as Frame;
    if (type === "connection_init") this.say({ type: "connection_ack" });
    if (type !== "subscribe") return;
    const name = payload?.operationName ?? "";
    this.ids.set(name, id);
    LiveSocket.subscriptions.push({ name, variables: payload?.variables });
  }

  /** One event for the subscription of this name. */
  emit(name: string, data: object): void {
    this.say({ id: this.ids.get(name), type: "next", payload: { data } });
  }

  close(code = 1000): void {
    this.readyState = 3;
    this.onclose?.(new CloseEvent("close", { code }));
  }

  private say(frame: object): void {
    queueMicrotask(() => this.onmessage?.({ data: JSON.stringify(frame) }));
  }
}
