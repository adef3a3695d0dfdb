package transport

import (
	"mime"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"licensedesk/graph/codes"
)

type media int

const (
	mediaJSON media = iota
	mediaGraphQL
	mediaStream
)

// accepted is what a caller takes: the media type it likes best of ours, and
// whether an event stream is acceptable at all.
type accepted struct {
	best   media
	stream bool
}

var exactMedia = map[string]media{
	"application/json":                  mediaJSON,
	"application/graphql-response+json": mediaGraphQL,
	"text/event-stream":                 mediaStream,
	"*/*":                               mediaJSON,
	"application/*":                     mediaJSON,
	"text/*":                            mediaStream,
}

// negotiate picks by quality, then by the caller's order. Without an Accept
// header and for wildcards it is application/json, as GraphQL over HTTP says.
func negotiate(headers []string) (accepted, *gqlerror.Error) {
	if len(headers) == 0 {
		return accepted{best: mediaJSON}, nil
	}
	if len(headers) == 1 {
		if only, ok := exactMedia[headers[0]]; ok {
			return accepted{best: only, stream: only == mediaStream}, nil
		}
	}
	return weigh(strings.Join(headers, ","))
}

func weigh(header string) (accepted, *gqlerror.Error) {
	var result accepted
	highest := 0.0
	for offer := range strings.SplitSeq(header, ",") {
		name, quality := parseOffer(offer)
		candidate, ours := exactMedia[name]
		if !ours || quality == 0 {
			continue
		}
		result.stream = result.stream || candidate == mediaStream
		if quality > highest {
			result.best, highest = candidate, quality
		}
	}
	if highest == 0 && strings.TrimSpace(header) != "" {
		return accepted{best: mediaJSON}, codes.Coded(codes.NotAcceptable, "This address answers in "+
			"application/graphql-response+json, application/json or text/event-stream: accept one of them.", nil)
	}
	return result, nil
}

// parseOffer reads one part of an Accept header. A quality that is no number
// counts as 0: the offer is not understood.
func parseOffer(offer string) (name string, quality float64) {
	name, parameters, _ := strings.Cut(offer, ";")
	quality = 1
	for parameter := range strings.SplitSeq(parameters, ";") {
		key, value, _ := strings.Cut(strings.TrimSpace(parameter), "=")
		if strings.EqualFold(key, "q") {
			quality = parseQuality(value)
		}
	}
	return strings.ToLower(strings.TrimSpace(name)), quality
}

func parseQuality(value string) float64 {
	quality, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || !(quality >= 0 && quality <= 1) {
		return 0
	}
	return quality
}

// checkContentType takes JSON in UTF-8 only. Forms are refused because a
// browser sends them across sites without asking first.
func checkContentType(header string) *gqlerror.Error {
	if header == "application/json" {
		return nil
	}
	name, parameters, err := mime.ParseMediaType(header)
	charset := parameters["charset"]
	if err == nil && name == "application/json" && (charset == "" || strings.EqualFold(charset, "utf-8")) {
		return nil
	}
	return codes.Coded(codes.UnsupportedMediaType, "Send the request as `Content-Type: application/json` in UTF-8.", nil)
}
