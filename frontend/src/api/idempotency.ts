import { useRef } from "react";

/** A key for one intention: however often its request is sent, it is carried out once. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The same input keeps its key; a corrected one is another intention. */
export function useKeyPerInput(): (input: string) => string {
  const last = useRef({ input: "", key: "" });
  return (input) => {
    if (last.current.input !== input) last.current = { input, key: newIdempotencyKey() };
    return last.current.key;
  };
}
