package server

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"licensedesk/ent/enttest"
	"licensedesk/ent/viewer"
	"licensedesk/importing"
)

const (
	usersExport = "User principal name;Display name;Usage location;Licenses\nanna@acme.example;Anna;DK;Office E3\nbo@acme.example;Bo;DK;Unlicensed\n"
	skuList     = `{"value": [{"skuPartNumber": "E3", "consumedUnits": 1, "prepaidUnits": {"enabled": 5, "warning": 0, "suspended": 0}}]}`

	importUsersQuery = `mutation { importUsers(input: { uploadId: %q, %s }) {
		report { added changed unchanged licensesGiven users { step userPrincipalName given { partNumber } } licenses { product { name } given }
			ambiguities { line text candidates } conflicts { product { name } before after } }
		dryRun userErrors { code field message fix facts { name value } } } }`
	importSubscriptionsQuery = `mutation { importSubscriptions(input: { uploadId: %q, %s }) {
		report { added changed unchanged subscriptions { step product { name } totalLicenses state } consumed { inFile here } conflicts { before after } }
		dryRun userErrors { code facts { name value } } } }`
)

// withCatalog is an organization and an owner of it, in a catalog of few products.
func (w *world) withCatalog(slug string) (organization, owner string) {
	w.Helper()
	_, err := importing.ImportCatalog(w.ctx, w.desk, "products.csv", strings.NewReader("part_number,name,price,currency,service_plans\nE3,Office E3,10,DKK,MAIL:Mail:30\nB1,Basic,5,DKK,\nB2,Basic,5,DKK,\n"))
	w.must(err)
	organization = w.organization(slug)
	return organization, w.owner(organization)
}

// upload sends a file and gives its id.
func (w *world) upload(body, mediaType, token string) string {
	w.Helper()
	a := w.send(http.MethodPost, "/uploads", body, append(bearer(token), "Content-Type", mediaType)...)
	var answered struct{ ID string }
	w.must(json.Unmarshal([]byte(a.body), &answered))
	if a.status != http.StatusCreated || !strings.HasPrefix(answered.ID, "upl_") {
		w.Fatalf("%d %s", a.status, a.body)
	}
	return answered.ID
}

func TestImportOfUploads(t *testing.T) {
	t.Parallel()
	enttest.URLs(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		_, owner := w.withCatalog("acme")
		ask := func(query string, args ...any) answer { return w.ask(fmt.Sprintf(query, args...), bearer(owner)...) }
		users, skus := w.upload(usersExport, "text/csv; charset=utf-8", owner), w.upload(skuList, "application/json", owner)

		const said = `{"added":2,"changed":0,"unchanged":0,"licensesGiven":1,"users":[{"step":"ADDED","userPrincipalName":"anna@acme.example","given":[{"partNumber":"E3"}]},` +
			`{"step":"ADDED","userPrincipalName":"bo@acme.example","given":[]}],"licenses":[{"product":{"name":"Office E3"},"given":1}],"ambiguities":[],` +
			`"conflicts":[{"product":{"name":"Office E3"},"before":0,"after":1}]}`
		ask(importUsersQuery, users, "dryRun: true").expect(t, http.StatusOK, `{"report":`+said+`,"dryRun":true,"userErrors":[]}`)
		ask(`{ users { totalCount } }`).expect(t, http.StatusOK, `"totalCount":0`)
		for range 2 { // the second is the first answer again
			ask(importUsersQuery, users, `idempotencyKey: "once"`).expect(t, http.StatusOK, `{"report":`+said+`,"dryRun":false,"userErrors":[]}`)
		}
		ask(importUsersQuery, users, "dryRun: false").expect(t, http.StatusOK, `"added":0,"changed":0,"unchanged":2`)

		ask(importSubscriptionsQuery, skus, "dryRun: false").expect(t, http.StatusOK,
			`{"report":{"added":1,"changed":0,"unchanged":0,"subscriptions":[{"step":"ADDED","product":{"name":"Office E3"},"totalLicenses":5,"state":"ACTIVE"}],"consumed":[],"conflicts":[{"before":1,"after":0}]},"dryRun":false,"userErrors":[]}`)
		ask(importSubscriptionsQuery, skus, "dryRun: false").expect(t, http.StatusOK, `"added":0,"changed":0,"unchanged":1`)
		ask(`{ importProgress(uploadId: %q) { read size } }`, users).expect(t, http.StatusOK, `{"importProgress":null}`)

		t.Run("tells faults by line and column, in the caller's language", func(t *testing.T) {
			id := w.upload("User principal name,Display name,Licenses\nbo,Bo,Office E3\ncy@acme.example,Cy,Office 3000\n", "text/csv", owner)
			w.ask(fmt.Sprintf(importUsersQuery, id, "dryRun: true"), append(bearer(owner), "Accept-Language", "da")...).expect(t, http.StatusOK,
				`{"report":null,"dryRun":null,"userErrors":[{"code":"BAD_INPUT","field":["uploadId"],"message":"Linje 2, User principal name: bo er ikke et brugernavn.","fix":"Skriv det som anna@example.com.",`+
					`"facts":[{"name":"line","value":"2"},{"name":"column","value":"1"},{"name":"name","value":"User principal name"},{"name":"given","value":"bo"}]},{"code":"BAD_INPUT"`)
		})
		t.Run("refuses what is ambiguous, and shows it in a dry run", func(t *testing.T) {
			id := w.upload("User principal name,Display name,Licenses\ncy@acme.example,Cy,Basic\ndee@acme.example,Dee,B1\n", "text/csv", owner)
			ask(importUsersQuery, id, "dryRun: true").expect(t, http.StatusOK, `"ambiguities":[{"line":2,"text":"Basic","candidates":["B1","B2"]}]`)
			ask(importUsersQuery, id, "dryRun: false").expect(t, http.StatusOK, `"message":"Line 2, Licenses: Basic may mean B1 or B2."`)
		})
		t.Run("reaches every replica", func(t *testing.T) {
			other := "http://" + w.start().listener.Addr().String()
			body, _ := json.Marshal(map[string]string{"query": fmt.Sprintf(importUsersQuery, users, "dryRun: true")})
			w.sendTo(other, http.MethodPost, "/graphql", string(body), append(bearer(owner), "Content-Type", "application/json")...).expect(t, http.StatusOK, `"unchanged":2`)
		})
		t.Run("is for owners, of the upload's organization", func(t *testing.T) {
			theirs := w.owner(w.organization("globex"))
			w.ask(fmt.Sprintf(importUsersQuery, users, "dryRun: true"), bearer(theirs)...).expect(t, http.StatusOK, `"code":"NOT_FOUND"`)
			reader, _ := w.token(w.organization("initech"), viewer.Reader, viewer.UserAdministrator)
			w.ask(fmt.Sprintf(importUsersQuery, users, "dryRun: true"), bearer(reader)...).expect(t, http.StatusOK, `"FORBIDDEN"`)
			w.ask(`{ importProgress(uploadId: "upl_1") { read } }`, bearer(reader)...).expect(t, http.StatusOK, `"FORBIDDEN"`)
		})
		t.Run("is possible for an hour", func(t *testing.T) {
			w.clock.Advance(time.Hour)
			ask(importUsersQuery, users, "dryRun: true").expect(t, http.StatusOK, `"code":"NOT_FOUND"`)
			w.must(w.server.desk.PurgeUploads(w.ctx))
			var left int
			w.must(w.desk.Store().Reader().QueryRowContext(w.ctx, `SELECT (SELECT count(*) FROM uploads) + (SELECT count(*) FROM upload_parts)`).Scan(&left))
			if left > 0 {
				t.Errorf("%d rows are left", left)
			}
		})
	})
}

func TestUploads(t *testing.T) {
	t.Parallel()
	w := newWorld(t, enttest.SQLiteURL(t))
	organization, owner := w.withCatalog("acme")
	reader, _ := w.token(organization, viewer.Reader)
	send := func(headers ...string) answer { return w.send(http.MethodPost, "/uploads", usersExport, headers...) }
	csv := []string{"Content-Type", "text/csv"}

	{ // they need a caller, an owner and a type
		unknown := send(csv...)
		unknown.expect(t, http.StatusUnauthorized, "UNAUTHENTICATED")
		if unknown.header.Get("WWW-Authenticate") != "Bearer" || unknown.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("headers %v", unknown.header)
		}
		send(append(bearer(reader), csv...)...).expect(t, http.StatusForbidden, "FORBIDDEN")
		send(append(bearer(owner), "Content-Type", "application/zip")...).expect(t, http.StatusUnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE")
		send(bearer(owner)...).expect(t, http.StatusUnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE")
	}
	{ // they take a session's cookie from the same origin alone
		session := append(cookie(w.signIn(w.link(organization, "ann@acme.example"))), csv...)
		if a := send(append(session, "Sec-Fetch-Site", "same-origin")...); a.status != http.StatusCreated {
			t.Errorf("%d %s", a.status, a.body)
		}
		send(append(session, "Sec-Fetch-Site", "cross-site")...).expect(t, http.StatusForbidden, "FORBIDDEN")
	}
	{ // they are 64 MiB at most
		for name, declared := range map[string]int64{"declared": maxUpload + 1, "streamed": -1} {
			r, err := http.NewRequestWithContext(w.ctx, http.MethodPost, w.url+"/uploads", io.LimitReader(endless{}, maxUpload+1))
			w.must(err)
			r.ContentLength = declared
			r.Header.Set("Content-Type", "text/csv")
			r.Header.Set("Authorization", "Bearer "+owner)
			response, err := w.client.Do(r)
			w.must(err)
			text, _ := io.ReadAll(response.Body)
			_ = response.Body.Close()
			if response.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(text), "PAYLOAD_TOO_LARGE") {
				t.Errorf("%s: %d %s", name, response.StatusCode, text)
			}
		}
	}
	{ // those that break off are none
		r, err := http.NewRequestWithContext(w.ctx, http.MethodPost, w.url+"/uploads", strings.NewReader(usersExport))
		w.must(err)
		r.ContentLength = int64(len(usersExport)) + 10
		r.Header.Set("Content-Type", "text/csv")
		r.Header.Set("Authorization", "Bearer "+owner)
		if response, err := w.client.Do(r); err == nil {
			_ = response.Body.Close()
			if response.StatusCode != http.StatusBadRequest {
				t.Errorf("status %d", response.StatusCode)
			}
		}
		var whole int
		w.must(w.desk.Store().Reader().QueryRowContext(w.ctx, `SELECT count(*) FROM uploads WHERE size IS NOT NULL`).Scan(&whole))
		if whole != 1 {
			t.Errorf("%d uploads are whole, want that of the session", whole)
		}
	}
}

// endless is a file without end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}
