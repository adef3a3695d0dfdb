// Package crash holds the tests that kill the real server and look at what is left.
package crash
