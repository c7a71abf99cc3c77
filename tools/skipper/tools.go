//go:build tools

// Package tools names what the program of this module is made of, so that `go mod tidy` keeps what it needs: it is built
// by name, and Go lets nobody import a program.
package tools

import (
	_ "github.com/zalando/skipper"
	_ "github.com/zalando/skipper/config"
)
