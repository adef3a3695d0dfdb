// Package frontend holds the built single-page application.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var built embed.FS

// Files is the content of dist: index.html, hashed assets and their precompressed
// copies. Before the first build it holds nothing but .gitkeep.
func Files() fs.FS {
	files, err := fs.Sub(built, "dist")
	if err != nil {
		panic(err) // "dist" is a valid path by construction.
	}
	return files
}
