package server

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"time"

	"licensedesk/graph/codes"
	"licensedesk/server/problem"
	"licensedesk/server/transport"
)

const (
	// maxUpload is the size of the largest file that can be imported.
	maxUpload = 64 << 20

	// uploadLimit is how long a file may take to come in.
	uploadLimit = 5 * time.Minute
)

// upload keeps a file to import and answers its id. OWNER.
func (s *Server) upload(w http.ResponseWriter, r *http.Request) {
	ctx, err := s.authenticate(r)
	if err != nil {
		transport.Problem(w, s.door().Present(r.Context(), err))
		return
	}
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "text/csv" && media != "application/json" {
		problem.Write(w, http.StatusUnsupportedMediaType, codes.UnsupportedMediaType, "Send the file as it is, with Content-Type text/csv or application/json.")
		return
	}
	if r.ContentLength > maxUpload {
		tooLarge(w)
		return
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(uploadLimit)) // where it cannot be set, reading ends with the connection
	kept, err := s.desk.Upload(ctx, media, http.MaxBytesReader(w, r.Body, maxUpload))
	if err != nil {
		s.refuseUpload(w, r.WithContext(ctx), err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusCreated)
	_ = json.NewEncoder(w).Encode(map[string]string{"id": kept.ID}) // the client is gone
}

func (s *Server) refuseUpload(w http.ResponseWriter, r *http.Request, err error) {
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		tooLarge(w)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, os.ErrDeadlineExceeded), r.Context().Err() != nil:
		problem.Write(w, http.StatusBadRequest, codes.BadRequest, "The file did not come in as a whole: send it again.")
	default:
		transport.Problem(w, s.door().Present(r.Context(), err))
	}
}

func tooLarge(w http.ResponseWriter) {
	w.Header().Set("Connection", "close") // the rest is not read
	problem.Write(w, http.StatusRequestEntityTooLarge, codes.PayloadTooLarge, "The file is larger than 64 MiB: export fewer users at once.")
}
