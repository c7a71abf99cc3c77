//go:build tools

// Package tools names what the programs of this module are made of, so that `go mod tidy` keeps what they need: the
// three are built by name, and Go lets nobody import a program.
package tools

import (
	_ "go.etcd.io/etcd/etcdctl/v3/ctlv3"
	_ "go.etcd.io/etcd/etcdutl/v3/etcdutl"
	_ "go.etcd.io/etcd/server/v3/etcdmain"
)
