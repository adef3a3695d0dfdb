package importing

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// utf8Of is a file's text as UTF-8. Microsoft's older editions are Windows-1252: what is no UTF-8 is read as that.
func utf8Of(data []byte) ([]byte, error) {
	if utf8.Valid(data) {
		return data, nil
	}
	return charmap.Windows1252.NewDecoder().Bytes(data)
}
