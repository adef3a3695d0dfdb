package importing

import (
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// Silent shows no progress.
func Silent(string, int64) func(int) { return nil }

// Bar shows progress on a terminal; elsewhere it is Silent.
func Bar(out *os.File) Progress {
	if !term.IsTerminal(int(out.Fd())) {
		return Silent
	}
	return func(what string, size int64) func(int) {
		bar := progressbar.NewOptions64(size,
			progressbar.OptionSetWriter(out), progressbar.OptionSetDescription(what),
			progressbar.OptionShowBytes(true), progressbar.OptionClearOnFinish())
		return func(n int) { _ = bar.Add(n) } // a terminal that cannot be written to shows nothing
	}
}
