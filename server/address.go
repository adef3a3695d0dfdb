package server

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// address tells where a request comes from: the nearest hop that is no trusted proxy.
func (s *Server) address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if len(s.trusted) == 0 {
		return host
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		hop = strings.TrimSpace(hop)
		if !s.trusts(host) || hop == "" {
			break
		}
		host = hop
	}
	return host
}

func (s *Server) trusts(host string) bool {
	ip, err := netip.ParseAddr(host)
	return err == nil && slices.ContainsFunc(s.trusted, func(n netip.Prefix) bool { return n.Contains(ip.Unmap()) })
}
