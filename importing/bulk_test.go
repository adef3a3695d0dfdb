package importing_test

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"licensedesk/clock"
	"licensedesk/importing"
)

var today = clock.Date(2026, 11, 23)

func known() importing.Known {
	shared := []importing.StoredProduct{
		{ID: "prd_x", GUID: "x", PartNumber: "SHARED"},
		{ID: "prd_y", GUID: "y", PartNumber: "SHARED"},
	}
	return importing.Known{Now: today, Slugs: map[string]bool{"taken": true}, Stored: importing.Stored{Products: shared}, NewID: counting()}
}

// counting makes the ids prd_1, prd_2 and so on.
func counting() func(string) string {
	made := map[string]int{}
	return func(prefix string) string {
		made[prefix]++
		return fmt.Sprintf("%s_%d", prefix, made[prefix])
	}
}

func TestBulk(t *testing.T) {
	t.Parallel()
	cases, err := filepath.Glob("testdata/bulk/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("there are no cases", err)
	}
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files, want := fstest.MapFS{}, ""
			for _, f := range archive.Files {
				files[f.Name] = &fstest.MapFile{Data: f.Data}
				if f.Name == "want" {
					want = string(f.Data)
				}
			}
			if diff := cmp.Diff(want, readAll(t, files)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// readAll is what a folder is read as, or its faults.
func readAll(t *testing.T, files fs.FS) string {
	t.Helper()
	b, err := importing.OpenBulk(files, known())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Check(); err != nil {
		return err.Error() + "\n"
	}
	var out strings.Builder
	for _, o := range b.Organizations {
		at := "real"
		if o.Clock != nil {
			at = o.Clock.String()
		}
		fmt.Fprintf(&out, "organization %s %q %s %s %s %s\n", o.Slug, o.Name, o.Currency, o.Locale, o.Country, at)
	}
	for s := range b.Subscriptions() {
		fmt.Fprintf(&out, "subscription %s %s %d %s %s %s %s anchor %d renews %t %s\n",
			s.Organization.Slug, s.ProductID, s.Total, s.State, s.Term, s.Start.DateString(), s.End.DateString(), s.Anchor(), s.AutoRenew, s.Price)
	}
	for u := range b.Users() {
		active := "-"
		if u.LastActiveOn != nil {
			active = u.LastActiveOn.DateString()
		}
		fmt.Fprintf(&out, "user %s %s %q %s %q blocked %t active %s\n", u.Organization.Slug, u.PrincipalName, u.DisplayName, u.UsageLocation, u.Department, u.SignInBlocked, active)
		for _, l := range u.Licenses {
			fmt.Fprintf(&out, "  license %s %s\n", l.ProductID, l.AssignedAt)
		}
	}
	if err := b.Err(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestOpenBulk(t *testing.T) {
	t.Parallel()
	t.Run("names the file that is missing and all that are needed", func(t *testing.T) {
		t.Parallel()
		_, err := importing.OpenBulk(fstest.MapFS{"organizations.csv": {}, "products.csv": {}, "subscriptions.csv": {}}, known())
		if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "users.csv is missing") {
			t.Errorf("got %v", err)
		}
	})

	t.Run("tells the first 20 faults at once and that there may be more", func(t *testing.T) {
		t.Parallel()
		files := empty()
		files["users.csv"].Data = append(files["users.csv"].Data, strings.Repeat("nobody,x,\n", 50)...)
		var faults importing.Faults
		if err := check(t, files); !errors.As(err, &faults) || len(faults) != 20 || !strings.Contains(err.Error(), "there may be more") {
			t.Errorf("got %v", err)
		}
	})

	t.Run("takes a byte order mark and Windows' line ends", func(t *testing.T) {
		t.Parallel()
		files := empty()
		for name, f := range files {
			files[name].Data = []byte("\uFEFF" + strings.ReplaceAll(string(f.Data), "\n", "\r\n"))
		}
		if err := check(t, files); err != nil {
			t.Errorf("got %v", err)
		}
	})

	t.Run("refuses other encodings with what is right", func(t *testing.T) {
		t.Parallel()
		for _, data := range []string{"\xFF\xFEo\x00", "organization,user_principal_name,display_name\nacme,a@b,\xC6rø\n"} {
			files := empty()
			files["users.csv"].Data = []byte(data)
			if err := check(t, files); err == nil || !strings.Contains(err.Error(), "CSV UTF-8") {
				t.Errorf("got %v", err)
			}
		}
	})

	t.Run("ends at a quote that swallows the file, with the line it opens on", func(t *testing.T) {
		t.Parallel()
		files := empty()
		files["users.csv"].Data = append(files["users.csv"].Data, `acme,"`+strings.Repeat("x,y,z\n", 1<<20)...)
		if err := check(t, files); err == nil || !strings.Contains(err.Error(), "users.csv:2: a record from here is longer than 1 MiB") {
			t.Errorf("got %.300v", err)
		}
	})

	t.Run("tells its progress up to the size of the files", func(t *testing.T) {
		t.Parallel()
		bulk, err := importing.OpenBulk(empty(), known())
		if err != nil {
			t.Fatal(err)
		}
		var read int64
		bulk.Progress = func(n int) { read += int64(n) }
		if err := bulk.Check(); err != nil || read != bulk.Size() || read == 0 {
			t.Errorf("%d of %d, %v", read, bulk.Size(), err)
		}
	})
}

// TestMemory holds alone: other tests would be counted.
func TestMemory(t *testing.T) { //nolint:paralleltest // it measures the process's heap
	t.Run("for more users grows by no more than their names' hashes", func(t *testing.T) {
		const users = 20_000
		files := empty()
		var b strings.Builder
		b.Write(files["users.csv"].Data)
		for i := range users {
			fmt.Fprintf(&b, "acme,user%d@acme.example,%s\n", i, strings.Repeat("n", 200))
		}
		files["users.csv"].Data = []byte(b.String())
		bulk, err := importing.OpenBulk(files, known())
		if err != nil {
			t.Fatal(err)
		}
		var before, after runtime.MemStats
		read := 0
		runtime.GC()
		runtime.ReadMemStats(&before)
		for range bulk.Users() {
			if read++; read == users {
				runtime.GC()
				runtime.ReadMemStats(&after)
			}
		}
		const each = 100 // bytes: a hash in a map, with the map's slack
		if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); read != users || grown > users*each+1<<20 {
			t.Errorf("%d users took %d bytes, %v", read, grown, bulk.Err())
		}
	})
}

// empty is a folder of one organization and headers.
func empty() fstest.MapFS {
	return fstest.MapFS{
		"organizations.csv": {Data: []byte("slug,name,currency,locale,country\nacme,Acme,DKK,da,DK\n")},
		"products.csv":      {Data: []byte("part_number,name,price,currency,service_plans\n")},
		"subscriptions.csv": {Data: []byte("organization,part_number,total,state,term,term_start,term_end,auto_renew\n")},
		"users.csv":         {Data: []byte("organization,user_principal_name,display_name\n")},
	}
}

func check(t *testing.T, files fs.FS) error {
	t.Helper()
	b, err := importing.OpenBulk(files, known())
	if err != nil {
		t.Fatal(err)
	}
	return b.Check()
}
