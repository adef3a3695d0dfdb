package enttest

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"sync"
	"testing"

	"licensedesk/ent"
	"licensedesk/ent/migrations"
	"licensedesk/ent/scratch"
	"licensedesk/id"
)

// Postgres gives a database of its own in the cluster that LICENSEDESK_TEST_POSTGRES names.
func Postgres(t testing.TB) *ent.Store {
	t.Helper()
	return open(t, PostgresURL(t))
}

// PostgresURL gives the address of such a database, to which nobody is connected.
func PostgresURL(t testing.TB) string {
	t.Helper()
	template, err := postgresTemplate()
	if err != nil {
		t.Fatal(err)
	}
	return copyOf(t, template)
}

// EmptyPostgres gives the address of a database without tables.
func EmptyPostgres(t testing.TB) string {
	t.Helper()
	return copyOf(t, "template1")
}

// copyOf is the address of a copy that is dropped at the end of the test.
func copyOf(t testing.TB, template string) string {
	t.Helper()
	ctx := context.Background()
	cluster, err := scratch.Cluster(ctx)
	if err != nil {
		t.Fatal(err)
	}
	name := id.New("test")
	if err := cluster.Copy(ctx, name, template); err != nil {
		t.Fatal(errors.Join(err, cluster.Close()))
	}
	t.Cleanup(func() {
		if err := errors.Join(cluster.Drop(ctx, name), cluster.Close()); err != nil {
			t.Error(err)
		}
	})
	return cluster.URL(name)
}

// postgresTemplate is a migrated database, the same for all processes with the same migrations.
var postgresTemplate = sync.OnceValues(func() (string, error) {
	ctx := context.Background()
	cluster, err := scratch.Cluster(ctx)
	if err != nil {
		return "", err
	}
	defer cluster.Close()
	sum := fnv.New64a()
	err = fs.WalkDir(migrations.Postgres(), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(migrations.Postgres(), path)
		_, _ = sum.Write(content)
		return err
	})
	if err != nil {
		return "", err
	}
	name := fmt.Sprintf("licensedesk_%x", sum.Sum64())
	return name, cluster.Once(ctx, name, func(url string) error { return migrated(ctx, url) })
})
