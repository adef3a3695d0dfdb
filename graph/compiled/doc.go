// Package compiled answers queries from plans: a query is translated once into the Go fields and resolvers that its
// selection names, and its answer is written straight from the rows. gqlgen's generated executor starts a goroutine and
// makes contexts for each element of a list, which is most of what a page costs. Whatever a plan does not know, and
// whatever ends in an error, is left to gqlgen: reading twice changes nothing. See docs/decisions/0012-compiled-reads.md.
package compiled
