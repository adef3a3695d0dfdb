package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server that was started here.
type process struct {
	cmd *exec.Cmd
	url string
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// start runs a command and waits until it prints its address.
func start(ctx context.Context, env []string, name string, args ...string) (*process, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if url := address.FindString(lines.Text()); url != "" {
			go func() { // the rest of its output is not needed, but must be read
				for lines.Scan() {
				}
			}()
			return &process{cmd: cmd, url: url}, nil
		}
	}
	return nil, fmt.Errorf("%s ended without an address: %w", name, cmd.Wait())
}

func (p *process) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	_ = p.cmd.Wait()
}

// cpu is the time that all of the process's threads have run.
func (p *process) cpu() (time.Duration, error) {
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", p.cmd.Process.Pid))
	if err != nil || len(files) == 0 {
		return 0, fmt.Errorf("the CPU figures need Linux's /proc: %w", err)
	}
	var sum time.Duration
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			continue // the thread ended meanwhile
		}
		ran, err := strconv.ParseInt(strings.Fields(string(text))[0], 10, 64)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", file, err)
		}
		sum += time.Duration(ran)
	}
	return sum, nil
}

// memory is the resident memory in MB.
func (p *process) memory() (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	pages, err := strconv.ParseInt(strings.Fields(string(text))[1], 10, 64)
	return float64(pages) * float64(os.Getpagesize()) / 1e6, err
}

// startServer starts LicenseDesk on the loaded database and tells how long it takes to be ready.
func (b *bench) startServer(ctx context.Context) (*process, error) {
	began := time.Now()
	p, err := start(ctx, []string{"DATABASE_URL=" + b.database}, b.server, "serve", "--listen", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	for {
		response, err := http.Get(p.url + "/readyz")
		if err == nil {
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK {
				break
			}
		}
		if time.Since(began) > 30*time.Second {
			p.stop()
			return nil, fmt.Errorf("the server is not ready after 30 s")
		}
	}
	ready := time.Since(began)
	mb, err := p.memory()
	fmt.Printf("%-34s %8d ms (goal: at most 300)\n%-34s %8.0f MB (goal: below 80)\n", "ready on an existing database", ready.Milliseconds(), "memory, idle", mb)
	return p, err
}
