import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { throttle } from "./changes";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("reacts to the first change at once and to a storm of others once an interval", () => {
  const act = vi.fn();
  const { run } = throttle(act, 250);
  for (let change = 0; change < 100; change++) run();
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(250);
  expect(act).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(1000);
  expect(act).toHaveBeenCalledTimes(2);
});

test("does not react after it was stopped", () => {
  const act = vi.fn();
  const { run, stop } = throttle(act, 250);
  run();
  run();
  stop();
  vi.advanceTimersByTime(1000);
  expect(act).toHaveBeenCalledTimes(1);
});
