import { type RefObject, useEffect, useRef } from "react";
import { useAnnounce } from "./Announcer";

/** After a navigation inside the application, focus goes to the main content and the new page's title is said. */
export function useRouteFocus(pathname: string): RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null);
  const previous = useRef(pathname);
  const announce = useAnnounce();
  useEffect(() => {
    if (previous.current === pathname) return;
    previous.current = pathname;
    main.current?.focus({ preventScroll: true });
    const timer = setTimeout(() => announce(document.title), 100);
    return () => clearTimeout(timer);
  }, [pathname, announce]);
  return main;
}
