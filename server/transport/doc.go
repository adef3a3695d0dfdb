// Package transport carries GraphQL over HTTP, Server-Sent Events and
// WebSocket, each exactly as its specification says:
//
//   - [HTTP]: GraphQL over HTTP by POST and GET, and graphql-sse's distinct
//     connections for whoever accepts text/event-stream.
//   - [WebSocket]: graphql-transport-ws, and nothing older.
//
// It knows nothing of licenses: it takes gqlgen's executor and one function
// that says who calls. What it refuses carries a code of package codes and
// passes the executor's error presenter, like every other error.
package transport
